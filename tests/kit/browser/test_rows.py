"""How many rows each part of a standard has in the browser's tables; none may be without."""

from collections.abc import Callable, Sized

from tests.kit.browser import test_browser as cookies
from tests.kit.browser import test_page as pages
from tests.kit.fetch import test_cors as cors
from tests.kit.fetch import test_headers as headers
from tests.kit.fetch import test_redirects as redirects
from tests.kit.fetch import test_referrer as referrer
from tests.kit.html import test_forms as forms

TABLES: dict[str, list[Sized]] = {
    "Fetch Metadata, 2": [headers.METADATA, headers.CHAINS],
    "Fetch, Origin": [headers.ORIGIN, headers.ORIGIN_BY_POLICY, redirects.FORMS],
    "Referrer Policy, 3 and 8": [referrer.REFERER, referrer.REFERER_CASES, referrer.HEADER, referrer.PAGES],
    "Fetch, CORS check": [cors.READABLE, cors.KINDS],
    "Fetch, CORS-preflight fetch": [cors.PREFLIGHTS, cors.ANSWERS],
    "Fetch, CORS-preflight cache": [cors.CACHED, cors.SECOND],
    "Fetch, filtered responses": [cors.EXPOSED],
    "Fetch, Request class": [cors.SENT_BY_SCRIPT, cors.UNFIT, cors.BODIES],
    "Fetch, credentials": [cors.CREDENTIAL_MODES],
    "Fetch, HTTP-redirect fetch": [redirects.METHODS, redirects.FRAGMENTS, redirects.ELSEWHERE, cors.REDIRECTED],
    "URL Standard": [redirects.TARGETS, pages.LINKS, pages.REFUSED],
    "HTML, forms": [forms.FIELDS, forms.SUBMITTED, forms.GET_FORMS, forms.ENCODINGS, forms.INITIATORS],
    "HTML, pages": [pages.VISIBLE, pages.CHARSETS, pages.CLICKED, pages.STAYS],
    "RFC 6265bis, SameSite in a browser": [cookies.SENT, cookies.TAKEN, redirects.SAME_SITE, pages.RELOADED],
}


def test_every_part_has_rows(record_figure: Callable[[str, object], None]) -> None:
    for part, tables in TABLES.items():
        assert all(tables), part
        record_figure(f"browser, rows for {part}", sum(len(table) for table in tables))
