"""RFC 6265bis, 5.7: which cookies are stored, and as what, row by row."""

from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.jar import CookieJar

NOW = 1_800_000_000.0
SHOP = "http://shop.localhost:8000/account/orders"
SECURE = "https://shop.example/account/orders"
PLAIN = "http://shop.example/account/orders"
MALLORY = "http://mallory.localhost/"


class Row(NamedTuple):
    """`reason` is a part of the sentence; `how` goes to `receive`; `before` comes first, each from its address."""

    section: str
    name: str
    set_cookie: str
    stored: bool
    reason: str = ""
    url: str = SHOP
    before: tuple[tuple[str, str], ...] = ()
    how: dict[str, Any] = {}
    cookie: dict[str, Any] = {}


SCRIPT = {"from_http": False}
CROSS_SITE = {"site_for_cookies": MALLORY}
LINK = {"site_for_cookies": MALLORY, "top_level_navigation": True}
FRAME_SCRIPT = {"from_http": False, "site_for_cookies": "null"}

ROWS = [
    Row(
        "5.7",
        "fields: nothing given",
        "sid=31d4",
        True,
        "it goes to shop.localhost only under /account, until the browser is closed",
        cookie={
            "value": "31d4",
            "domain": "shop.localhost",
            "host_only": True,
            "path": "/account",
            "secure": False,
            "http_only": False,
            "same_site": "Default",
            "expires": None,
            "created": NOW,
            "last_access": NOW,
        },
    ),
    Row(
        "5.7",
        "fields: everything given",
        "sid=31d4; Domain=shop.localhost; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60",
        True,
        "it goes to shop.localhost and every host below it, until 2027-01-15 08:01:00 UTC",
        cookie={
            "domain": "shop.localhost",
            "host_only": False,
            "path": "/",
            "secure": True,
            "http_only": True,
            "same_site": "Strict",
            "expires": NOW + 60,
        },
    ),
    Row(
        "5.7",
        "fields: Max-Age before Expires",
        "sid=1; Max-Age=60; Expires=9 Jun 2027 10:18:14",
        True,
        cookie={"expires": NOW + 60},
    ),
    Row(
        "5.7",
        "fields: Max-Age after Expires",
        "sid=1; Expires=9 Jun 2027 10:18:14; Max-Age=60",
        True,
        cookie={"expires": NOW + 60},
    ),
    Row(
        "5.7",
        "fields: a broken Max-Age leaves Expires alone",
        "sid=1; Max-Age=x; Expires=15 Jan 2027 08:01:00",
        True,
        cookie={"expires": NOW + 60},
    ),
    Row("5.7", "fields: the default path of the address", "sid=1; Path=orders", True, cookie={"path": "/account"}),
    Row(
        "5.7",
        "fields: a path that is not the address's own",
        "sid=1; Path=/elsewhere",
        True,
        cookie={"path": "/elsewhere"},
    ),
    Row("5.7", "ignored: neither name nor value", "=; Secure", False, "it has neither a name nor a value"),
    Row("5.7", "ignored: a control character", "sid=1\n", False, "it contains a control character"),
    Row("5.7", "ignored: 4097 bytes", "sid=" + "v" * 4094, False, "longer than 4096 bytes"),
    Row("5.7", "no name, an equals sign in the value, as in Chromium", "=a=1", False, "an equals sign in its value"),
    Row("5.7", "no name at all is stored", "31d4", True, cookie={"name": "", "value": "31d4"}),
    Row("5.7", "domain: the host's own", "sid=1; Domain=shop.localhost", True, cookie={"host_only": False}),
    Row(
        "5.7",
        "domain: a parent",
        "sid=1; Domain=shop.localhost",
        True,
        url="http://a.shop.localhost/",
        cookie={"domain": "shop.localhost"},
    ),
    Row(
        "5.7",
        "domain: a name below",
        "sid=1; Domain=a.shop.localhost",
        False,
        "Domain=a.shop.localhost does not cover shop.localhost",
    ),
    Row(
        "5.7",
        "domain: a sibling",
        "sid=1; Domain=idp.localhost",
        False,
        "Domain=idp.localhost does not cover shop.localhost",
    ),
    Row("5.7", "domain: a shorter name with the same end", "sid=1; Domain=op.localhost", False, "does not cover"),
    Row("5.7", "domain: with a trailing dot", "sid=1; Domain=shop.localhost.", False, "does not cover"),
    Row("5.7", "domain: two leading dots", "sid=1; Domain=..shop.localhost", False, "does not cover"),
    Row("5.7", "domain: with a port", "sid=1; Domain=shop.localhost:8000", False, "does not cover"),
    Row(
        "5.7",
        "domain: outside ASCII",
        "sid=1; Domain=bücher.example",
        False,
        "characters that are not ASCII",
        url="https://bücher.example/",
    ),
    Row(
        "5.7",
        "domain: the same as an A-label",
        "sid=1; Domain=xn--bcher-kva.example",
        True,
        url="https://bücher.example/",
    ),
    Row("5.7", "domain: empty", "sid=1; Domain=", True, cookie={"host_only": True}),
    Row("5.7", "domain: a dot alone, as in Chromium", "sid=1; Domain=.", False, "Domain=. does not cover"),
    Row(
        "5.7",
        "domain: an IP address is host-only",
        "sid=1; Domain=127.0.0.1",
        True,
        url="http://127.0.0.1/",
        cookie={"host_only": True},
    ),
    Row(
        "5.7",
        "domain: a part of an IP address",
        "sid=1; Domain=0.0.1",
        False,
        "does not cover",
        url="http://127.0.0.1/",
    ),
    Row("5.7", "public suffix: localhost", "sid=1; Domain=localhost", False, "Domain=localhost is a public suffix"),
    Row(
        "5.7", "public suffix: com", "sid=1; Domain=com", False, "Domain=com is a public suffix", url="https://tea.com/"
    ),
    Row(
        "5.7",
        "public suffix: co.uk",
        "sid=1; Domain=.co.uk",
        False,
        "Domain=co.uk is a public suffix",
        url="https://tea.co.uk/",
    ),
    Row(
        "5.7",
        "public suffix: github.io",
        "sid=1; Domain=github.io",
        False,
        "Domain=github.io is a public suffix",
        url="https://tea.github.io/",
    ),
    Row(
        "5.7",
        "public suffix: one for itself, host-only",
        "sid=1; Domain=github.io",
        True,
        url="https://github.io/",
        cookie={"host_only": True},
    ),
    Row(
        "5.7",
        "public suffix: localhost for itself",
        "sid=1; Domain=localhost",
        True,
        url="http://localhost/",
        cookie={"host_only": True},
    ),
    Row("5.7", "public suffix: the name below it", "sid=1; Domain=tea.co.uk", True, url="https://www.tea.co.uk/"),
    Row("5.7", "Secure: over https", "sid=1; Secure", True, url=SECURE),
    Row(
        "5.7",
        "Secure: over plain http",
        "sid=1; Secure",
        False,
        "a Secure cookie may not be set over plain http",
        url=PLAIN,
    ),
    Row("5.7", "Secure: over http to this machine, as browsers do", "sid=1; Secure", True),
    Row("5.7", "HttpOnly: from script", "sid=1; HttpOnly", False, "script may not set an HttpOnly cookie", how=SCRIPT),
    Row("5.7", "not HttpOnly: from script", "sid=1", True, how=SCRIPT),
    Row(
        "5.7",
        "Secure cookies left alone: same name, domain and path",
        "sid=2",
        False,
        "plain http may not overlay a Secure cookie",
        url=PLAIN,
        before=(("sid=1; Secure", SECURE),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: a path below",
        "sid=2; Path=/login/en",
        False,
        "may not overlay",
        url=PLAIN,
        before=(("sid=1; Secure; Path=/login", SECURE),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: a path above is none of it",
        "sid=2; Path=/",
        True,
        url=PLAIN,
        before=(("sid=1; Secure; Path=/login", SECURE),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: a parent's domain",
        "sid=2; Domain=shop.example",
        False,
        "may not overlay",
        url="http://a.shop.example/",
        before=(("sid=1; Secure; Path=/", "https://a.shop.example/"),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: a domain below",
        "sid=2; Path=/",
        False,
        "may not overlay",
        url="http://a.shop.example/",
        before=(("sid=1; Secure; Path=/; Domain=shop.example", SECURE),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: a sibling's is none of it",
        "sid=2; Path=/",
        True,
        url="http://a.shop.example/",
        before=(("sid=1; Secure; Path=/", "https://b.shop.example/"),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: another name",
        "SID=2; Path=/",
        True,
        url=PLAIN,
        before=(("sid=1; Secure; Path=/", SECURE),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: over https they may be replaced",
        "sid=2; Path=/",
        True,
        "in place of the one before",
        url=SECURE,
        before=(("sid=1; Secure; Path=/", SECURE),),
    ),
    Row(
        "5.7",
        "Secure cookies left alone: nor deleted",
        "sid=; Max-Age=0",
        False,
        "may not overlay",
        url=PLAIN,
        before=(("sid=1; Secure", SECURE),),
    ),
    Row(
        "5.7",
        "a cookie without Secure may be replaced over plain http",
        "sid=2",
        True,
        url=PLAIN,
        before=(("sid=1", SECURE),),
    ),
    Row(
        "5.7",
        "cross-site image: Strict",
        "sid=1; SameSite=Strict",
        False,
        "SameSite=Strict may not be set by the answer to a cross-site",
        how=CROSS_SITE,
    ),
    Row("5.7", "cross-site image: Lax", "sid=1; SameSite=Lax", False, "SameSite=Lax may not be set", how=CROSS_SITE),
    Row(
        "5.7",
        "cross-site image: not given",
        "sid=1",
        False,
        "a cookie without SameSite counts as Lax and may not be set",
        how=CROSS_SITE,
    ),
    Row("5.7", "cross-site image: None", "sid=1; SameSite=None; Secure", True, how=CROSS_SITE),
    Row("5.7", "cross-site link: Strict", "sid=1; SameSite=Strict", True, how=LINK),
    Row("5.7", "cross-site link: Lax", "sid=1; SameSite=Lax", True, how=LINK),
    Row("5.7", "cross-site link: not given", "sid=1", True, how=LINK),
    Row(
        "5.7",
        "same-site image: Strict",
        "sid=1; SameSite=Strict",
        True,
        how={"site_for_cookies": "http://a.shop.localhost"},
    ),
    Row(
        "5.7",
        "script in a cross-site frame: Lax",
        "sid=1; SameSite=Lax",
        False,
        "may not be set by script in a cross-site frame",
        how=FRAME_SCRIPT,
    ),
    Row(
        "5.7",
        "script in a cross-site frame: not given",
        "sid=1",
        False,
        "by script in a cross-site frame",
        how=FRAME_SCRIPT,
    ),
    Row("5.7", "script in a cross-site frame: None", "sid=1; SameSite=None; Secure", True, how=FRAME_SCRIPT),
    Row(
        "5.7",
        "script is no navigation",
        "sid=1",
        False,
        "by script in a cross-site frame",
        how={**FRAME_SCRIPT, "top_level_navigation": True},
    ),
    Row(
        "5.7", "SameSite=None without Secure", "sid=1; SameSite=None", False, "SameSite=None needs the Secure attribute"
    ),
    Row(
        "5.7",
        "HttpOnly: script replaces none",
        "sid=2",
        False,
        "script may not replace an HttpOnly cookie",
        how=SCRIPT,
        before=(("sid=1; HttpOnly", SHOP),),
    ),
    Row(
        "5.7",
        "HttpOnly: script deletes none",
        "sid=; Max-Age=0",
        False,
        "script may not replace",
        how=SCRIPT,
        before=(("sid=1; HttpOnly", SHOP),),
    ),
    Row(
        "5.7",
        "HttpOnly: script may set one of another path beside it",
        "sid=2; Path=/",
        True,
        how=SCRIPT,
        before=(("sid=1; HttpOnly", SHOP),),
    ),
    Row(
        "5.7",
        "HttpOnly: http replaces it",
        "sid=2",
        True,
        "in place of the one before",
        before=(("sid=1; HttpOnly", SHOP),),
    ),
    Row(
        "5.7",
        "expired: Max-Age=0 of a cookie that is not there",
        "sid=; Max-Age=0",
        False,
        "there is no such cookie to remove",
    ),
    Row("5.7", "expired: exactly now", "sid=1; Expires=15 Jan 2027 08:00:00", False, "its expiry is in the past"),
    Row("5.7", "expired: a second from now is not", "sid=1; Expires=15 Jan 2027 08:00:01", True),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.name}")
def test_a_received_cookie(row: Row):
    """Each Set-Cookie is stored or refused, in a sentence that says why; a refused one changes nothing."""
    jar = CookieJar(now=lambda: NOW)
    for set_cookie, url in row.before:
        assert jar.receive(set_cookie, url).stored
    before = jar.all()

    answer = jar.receive(row.set_cookie, row.url, **row.how)

    assert answer.stored is row.stored, answer.reason
    assert answer.reason.startswith("stored" if row.stored else "refused, because ")
    assert row.reason in answer.reason
    assert {name: getattr(answer.cookie, name) for name in row.cookie} == row.cookie
    assert (answer.cookie in jar.all()) if row.stored else (jar.all() == before)
