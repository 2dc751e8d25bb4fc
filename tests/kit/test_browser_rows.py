"""How many rows each part of a standard has in the browser's tables; none may be without."""

from collections.abc import Callable, Sized

from tests.kit import test_browser_cookies as cookies
from tests.kit import test_browser_cors as cors
from tests.kit import test_browser_forms as forms
from tests.kit import test_browser_headers as headers
from tests.kit import test_browser_pages as pages
from tests.kit import test_browser_redirects as redirects

TABLES: dict[str, list[Sized]] = {
    "Fetch Metadata, 2": [headers.METADATA, headers.CHAINS],
    "Fetch, Origin": [headers.ORIGIN, headers.ORIGIN_BY_POLICY, redirects.FORMS],
    "Referrer Policy, 3 and 8": [headers.REFERER, headers.REFERER_CASES, headers.HEADER, headers.PAGES],
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
