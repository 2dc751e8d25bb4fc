"""RFC 6265bis, 5.2 and 5.6.7: what SameSite does to a request, row by row."""

from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.jar import CookieJar

NOW = 1_800_000_000.0
SHOP = "http://shop.localhost:8000/"
MALLORY = "http://mallory.localhost:8000/"

SAME_SITE = {"site_for_cookies": "http://a.shop.localhost:8000/"}
LINK = {"site_for_cookies": MALLORY, "top_level_navigation": True}
FORM = {**LINK, "method": "POST"}
IMAGE = {"site_for_cookies": MALLORY}
OPAQUE = {"site_for_cookies": "null"}


class Row(NamedTuple):
    """What the jar answers about one cookie, `age` seconds after it was set; `reason` is a part of the sentence."""

    section: str
    name: str
    set_cookie: str
    ask: dict[str, Any]
    sent: bool
    reason: str
    url: str = SHOP
    set_at: str = SHOP
    age: float = 0.0
    seconds: float = 120.0


STRICT, LAX, NONE, DEFAULT = "a=1; SameSite=Strict", "a=1; SameSite=Lax", "a=1; SameSite=None; Secure", "a=1"
STRICT_WHY = "SameSite=Strict cookies are not sent with any cross-site request"
LAX_WHY = "SameSite=Lax cookies are sent with a cross-site request only if it is a top-level navigation"
DEFAULT_WHY = "a cookie without SameSite counts as Lax, and Lax cookies are"
NAVIGATION = "allows a cross-site top-level navigation with GET"

ROWS = [
    Row("5.2", "a typed address is same-site", STRICT, {}, True, "the request is same-site"),
    Row(
        "5.2",
        "so is a reload, which names no page either",
        STRICT,
        {"top_level_navigation": True},
        True,
        "the request is same-site",
    ),
    Row(
        "5.2",
        "a request from the site's own page",
        STRICT,
        {"site_for_cookies": SHOP},
        True,
        "the request is same-site",
    ),
    Row(
        "5.2",
        "from the site under another port",
        STRICT,
        {"site_for_cookies": "http://shop.localhost:1"},
        True,
        "the request is same-site",
    ),
    Row(
        "5.2",
        "from the site under another scheme",
        STRICT,
        {"site_for_cookies": "https://shop.localhost:8000"},
        False,
        STRICT_WHY,
    ),
    Row("5.2", "a same-site POST", STRICT, {**SAME_SITE, "method": "POST"}, True, "the request is same-site"),
    Row("5.2", "from another site", STRICT, IMAGE, False, STRICT_WHY),
    Row(
        "5.2",
        "a chain of redirects that crossed sites may overrule it: cross",
        LAX,
        {"same_site_context": "cross"},
        False,
        LAX_WHY,
    ),
    Row("5.2", "a chain may overrule it: lax", STRICT, {"same_site_context": "lax"}, False, STRICT_WHY),
    Row(
        "5.2",
        "a chain may overrule it: strict",
        STRICT,
        {**IMAGE, "same_site_context": "strict"},
        True,
        "the request is same-site",
    ),
    Row("5.2.1", "an image on the site's own page", LAX, SAME_SITE, True, "the request is same-site"),
    Row("5.2.1", "an image on another site's page", LAX, IMAGE, False, LAX_WHY),
    Row("5.2.1", "a page framed by another site: its site for cookies is opaque", LAX, OPAQUE, False, LAX_WHY),
    Row("5.2.1", "a navigation from another site's page", LAX, LINK, True, f"SameSite=Lax {NAVIGATION}"),
    Row("5.2.2.1", "a dedicated worker asks like its document", LAX, SAME_SITE, True, "the request is same-site"),
    Row("5.2.2.1", "a shared worker whose documents disagree has an opaque site", LAX, OPAQUE, False, LAX_WHY),
    Row(
        "5.2.2.2",
        "a service worker, which no page here can start, would ask like its own origin",
        LAX,
        {"site_for_cookies": SHOP},
        True,
        "the request is same-site",
    ),
    Row("5.6.7.1", "Strict: a link from another site", STRICT, LINK, False, STRICT_WHY),
    Row("5.6.7.1", "Strict: a form from another site", STRICT, FORM, False, STRICT_WHY),
    Row("5.6.7.1", "Lax: a link from another site", LAX, LINK, True, f"SameSite=Lax {NAVIGATION}"),
    Row("5.6.7.1", "Lax: HEAD is safe", LAX, {**LINK, "method": "HEAD"}, True, "top-level navigation with HEAD"),
    Row(
        "5.6.7.1", "Lax: OPTIONS is safe", LAX, {**LINK, "method": "OPTIONS"}, True, "top-level navigation with OPTIONS"
    ),
    Row("5.6.7.1", "Lax: TRACE is safe", LAX, {**LINK, "method": "TRACE"}, True, "top-level navigation with TRACE"),
    Row(
        "5.6.7.1",
        "Lax: a form from another site",
        LAX,
        FORM,
        False,
        "SameSite=Lax cookies are not sent with a cross-site POST",
    ),
    Row("5.6.7.1", "Lax: PUT is not safe", LAX, {**LINK, "method": "PUT"}, False, "not sent with a cross-site PUT"),
    Row(
        "5.6.7.1",
        "Lax: DELETE is not safe",
        LAX,
        {**LINK, "method": "DELETE"},
        False,
        "not sent with a cross-site DELETE",
    ),
    Row(
        "5.6.7.1", "Lax: methods have one case", LAX, {**LINK, "method": "get"}, False, "not sent with a cross-site get"
    ),
    Row("5.6.7.1", "Lax: a fetch from another site, GET or not", LAX, IMAGE, False, LAX_WHY),
    Row("5.6.7.1", "None: a link, a form", NONE, FORM, True, "SameSite=None lets it go with cross-site requests"),
    Row("5.6.7.1", "None: an image", NONE, IMAGE, True, "SameSite=None lets it go with cross-site requests"),
    Row(
        "5.6.7.1",
        "an unknown word counts as Lax",
        "a=1; SameSite=x",
        IMAGE,
        False,
        f"{DEFAULT_WHY} sent with a cross-site request only",
    ),
    Row(
        "5.6.7.2", "no SameSite: a link", DEFAULT, LINK, True, f"without SameSite it counts as Lax, which {NAVIGATION}"
    ),
    Row("5.6.7.2", "no SameSite: a form at once", DEFAULT, FORM, True, "until 120 seconds after it was set"),
    Row(
        "5.6.7.2",
        "no SameSite: a form after 119 seconds",
        DEFAULT,
        FORM,
        True,
        "until 120 seconds after it was set",
        age=119,
    ),
    Row(
        "5.6.7.2",
        "no SameSite: a form after exactly 120 seconds",
        DEFAULT,
        FORM,
        True,
        "until 120 seconds after it was set",
        age=120,
    ),
    Row(
        "5.6.7.2",
        "no SameSite: a form after 121 seconds",
        DEFAULT,
        FORM,
        False,
        f"{DEFAULT_WHY} not sent with a cross-site POST",
        age=121,
    ),
    Row(
        "5.6.7.2",
        "no SameSite: an image, however fresh",
        DEFAULT,
        IMAGE,
        False,
        f"{DEFAULT_WHY} sent with a cross-site request only",
    ),
    Row(
        "5.6.7.2",
        "the exception switched off",
        DEFAULT,
        FORM,
        False,
        f"{DEFAULT_WHY} not sent with a cross-site POST",
        seconds=0,
    ),
    Row("5.6.7.2", "the exception made shorter", DEFAULT, FORM, False, f"{DEFAULT_WHY} not sent", age=11, seconds=10),
    Row(
        "5.6.7.2",
        "Lax that was asked for has no exception",
        LAX,
        FORM,
        False,
        "SameSite=Lax cookies are not sent with a cross-site POST",
    ),
    Row("5.6.7.2", "nor has Strict", STRICT, FORM, False, STRICT_WHY),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.name}")
def test_a_cookie_and_a_request(row: Row):
    """Each cookie goes along or is withheld, in a sentence that says why."""
    time = NOW
    jar = CookieJar(now=lambda: time, lax_allow_unsafe_seconds=row.seconds)
    assert jar.receive(row.set_cookie, row.set_at).stored

    time = NOW + row.age
    [answer] = jar.cookies_for(row.url, **row.ask)

    assert answer.sent is row.sent, answer.reason
    assert answer.reason.startswith("sent, because " if row.sent else "withheld, because ")
    assert row.reason in answer.reason
    assert answer.cookie.last_access == (time if row.sent else NOW)
    assert jar.all() == [answer.cookie]


def test_a_new_value_starts_the_two_minutes_anew():
    """5.6.7.2 with Chromium's creation times: a new value is fresh again, the same value is not."""
    time = NOW
    jar = CookieJar(now=lambda: time)
    jar.receive("old=1", SHOP)
    jar.receive("new=1", SHOP)
    time = NOW + 100
    jar.receive("old=1", SHOP)
    jar.receive("new=2", SHOP)
    time = NOW + 200

    assert jar.header(jar.cookies_for(SHOP, **FORM)) == "new=2"
