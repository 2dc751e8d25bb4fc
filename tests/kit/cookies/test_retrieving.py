"""RFC 6265bis, 5.8: which cookies go along with which request, row by row."""

import threading
from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.jar import Cookie, CookieJar

NOW = 1_800_000_000.0
SHOP = "http://shop.localhost:8000/"
MALLORY = "http://mallory.localhost:8000/"

LINK = {"site_for_cookies": MALLORY, "top_level_navigation": True}
IMAGE = {"site_for_cookies": MALLORY}
OPAQUE = {"site_for_cookies": "null"}
SCRIPT = {"for_script": True}


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
DEFAULT_WHY = "a cookie without SameSite counts as Lax, and Lax cookies are"

ROWS = [
    Row(
        "5.8.1",
        "a request without credentials",
        "a=1",
        {"credentials": False},
        False,
        "the request is made without credentials",
    ),
    Row("5.8.2", "script reads a plain cookie", "a=1", SCRIPT, True, "script may read it without HttpOnly"),
    Row(
        "5.8.2", "script does not read an HttpOnly one", "a=1; HttpOnly", SCRIPT, False, "HttpOnly hides it from script"
    ),
    Row("5.8.2", "script reads a Strict one on the site's own page", STRICT, SCRIPT, True, "script may read it"),
    Row(
        "5.8.2",
        "script in a cross-site frame: Lax",
        LAX,
        {**SCRIPT, **OPAQUE},
        False,
        "not shown to script in a cross-site frame",
    ),
    Row(
        "5.8.2",
        "script in a cross-site frame: not given, however fresh",
        DEFAULT,
        {**SCRIPT, **OPAQUE},
        False,
        f"{DEFAULT_WHY} not shown to script",
    ),
    Row("5.8.2", "script in a cross-site frame: None", NONE, {**SCRIPT, **OPAQUE}, True, "script may read it"),
    Row("5.8.2", "script is no navigation", LAX, {**SCRIPT, **LINK}, False, "not shown to script"),
    Row("5.8.2", "script reads by path as well", "a=1; Path=/account", SCRIPT, False, "Path=/account does not cover /"),
    Row(
        "5.8.2",
        "script on plain http reads no Secure cookie",
        "a=1; Secure",
        SCRIPT,
        False,
        "Secure cookies do not travel over plain http",
        url="http://shop.example/",
        set_at="https://shop.example/",
    ),
    Row(
        "5.8.3",
        "host-only: the very host",
        "a=1",
        {},
        True,
        "sent, because it is host-only for shop.localhost and the request is same-site",
    ),
    Row(
        "5.8.3",
        "host-only: a host below",
        "a=1",
        {},
        False,
        "it is host-only for shop.localhost, and a.shop.localhost is another host",
        url="http://a.shop.localhost/",
    ),
    Row(
        "5.8.3",
        "host-only: the port does not matter",
        "a=1",
        {},
        True,
        "host-only for shop.localhost",
        url="http://shop.localhost:9/",
    ),
    Row(
        "5.8.3",
        "host-only: upper case does not matter",
        "a=1",
        {},
        True,
        "host-only for shop.localhost",
        url="http://SHOP.localhost/",
    ),
    Row(
        "5.8.3",
        "domain: the host itself",
        "a=1; Domain=shop.localhost",
        {},
        True,
        "its Domain=shop.localhost covers the host",
    ),
    Row(
        "5.8.3",
        "domain: a host below",
        "a=1; Domain=shop.localhost",
        {},
        True,
        "its Domain=shop.localhost covers the host",
        url="http://a.b.shop.localhost/",
    ),
    Row("5.8.3", "path: below", "a=1; Path=/account", {}, True, "same-site", url=f"{SHOP}account/orders"),
    Row("5.8.3", "path: the very one", "a=1; Path=/account", {}, True, "same-site", url=f"{SHOP}account"),
    Row(
        "5.8.3",
        "path: the query is no part of it",
        "a=1; Path=/account",
        {},
        True,
        "same-site",
        url=f"{SHOP}account?x=/y",
    ),
    Row(
        "5.8.3",
        "path: the same beginning",
        "a=1; Path=/account",
        {},
        False,
        "Path=/account does not cover /accounts",
        url=f"{SHOP}accounts",
    ),
    Row("5.8.3", "path: no path at all is /", "a=1; Path=/", {}, True, "same-site", url="http://shop.localhost"),
    Row(
        "5.8.3",
        "Secure: over https",
        "a=1; Secure",
        {},
        True,
        "same-site",
        url="https://shop.example/",
        set_at="https://shop.example/",
    ),
    Row(
        "5.8.3",
        "Secure: over plain http",
        "a=1; Secure",
        {},
        False,
        "Secure cookies do not travel over plain http",
        url="http://shop.example/",
        set_at="https://shop.example/",
    ),
    Row("5.8.3", "Secure: over http to this machine, as browsers do", "a=1; Secure", {}, True, "same-site"),
    Row(
        "5.8.3",
        "not Secure: from https to plain http",
        "a=1",
        {},
        True,
        "same-site",
        url="http://shop.example/",
        set_at="https://shop.example/",
    ),
    Row("5.8.3", "HttpOnly goes over http", "a=1; HttpOnly", {}, True, "same-site"),
    Row("5.8.3", "expiry: a second before", "a=1; Max-Age=60", {}, True, "same-site", age=59),
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


class Header(NamedTuple):
    """Cookies that are set a second after another at the shop's top, and the Cookie header that a request then has."""

    section: str
    name: str
    set_cookies: tuple[str, ...]
    header: str
    url: str = SHOP
    ask: dict[str, Any] = {}


HEADERS = [
    Header("5.8.1", "all cookies in one header", ("a=1", "b=2"), "a=1; b=2"),
    Header("5.8.1", "nothing to send", (), ""),
    Header("5.8.1", "nothing of it withheld", ("a=1; HttpOnly", "b=2"), "b=2", ask=SCRIPT),
    Header("5.8.3", "another host's cookies never appear", ("a=1",), "", url="http://idp.localhost/"),
    Header(
        "5.8.3",
        "longer paths first",
        ("a=1; Path=/", "b=1; Path=/b/", "c=1; Path=/b"),
        "b=1; c=1; a=1",
        url=f"{SHOP}b/c",
    ),
    Header("5.8.3", "then earlier ones first", ("b=1", "a=1", "c=1"), "b=1; a=1; c=1"),
    Header("5.8.3", "the same value again keeps the place", ("b=1", "a=1", "b=1"), "b=1; a=1"),
    Header(
        "5.8.3", "one name twice, the longer path first", ("a=1; Path=/", "a=2; Path=/b"), "a=2; a=1", url=f"{SHOP}b"
    ),
    Header("5.8.3", "one name twice, host-only and not", ("a=1; Domain=shop.localhost", "a=2"), "a=1; a=2"),
    Header("5.8.3", "without a name: the value alone", ("31d4", "b=1"), "31d4; b=1"),
    Header("5.8.3", "without a value: the equals sign stays", ("a=", "b=1"), "a=; b=1"),
    Header("5.8.3", "quotes stay", ('a="1"',), 'a="1"'),
    Header("5.8.3", "expired ones are gone, exactly at their second", ("a=1; Max-Age=2", "b=1"), "b=1"),
]


@pytest.mark.parametrize("row", HEADERS, ids=lambda row: f"{row.section} {row.name}")
def test_a_cookie_header(row: Header):
    """Each set of cookies makes one header, in the draft's order and form."""
    time = NOW
    jar = CookieJar(now=lambda: time)
    for set_cookie in row.set_cookies:
        assert jar.receive(set_cookie, SHOP).stored
        time += 1

    assert jar.header(jar.cookies_for(row.url, **row.ask)) == row.header


def test_document_cookie_is_the_header_without_http_only():
    """5.8.2: script sees the same string, less what HttpOnly hides."""
    jar = CookieJar(now=lambda: NOW)
    for set_cookie in ("a=1", "b=2; HttpOnly", "c=3; SameSite=Strict"):
        jar.receive(set_cookie, SHOP)

    assert jar.script_cookies(SHOP) == "a=1; c=3"


def test_withheld_cookies_stand_in_sending_order_too():
    """The answer lists every cookie of the host where it would have been sent."""
    jar = CookieJar(now=lambda: NOW)
    for set_cookie in ("a=1", "b=1; Path=/b; SameSite=Strict", "c=1; SameSite=None; Secure"):
        jar.receive(set_cookie, SHOP)

    assert [(each.cookie.name, each.sent) for each in jar.cookies_for(f"{SHOP}b", **IMAGE)] == [
        ("b", False),
        ("a", False),
        ("c", True),
    ]


def test_a_domain_that_became_a_public_suffix_covers_nobody():
    """5.8.3: such a cookie would be refused today, so it is not sent either."""
    jar = CookieJar(now=lambda: NOW)
    jar.put(Cookie("a", "1", "localhost", host_only=False))
    [answer] = jar.cookies_for(SHOP)

    assert (answer.sent, "is a public suffix" in answer.reason) == (False, True)


def test_many_threads_share_a_jar():
    """Threads that set and read at once lose nothing."""
    jar = CookieJar(now=lambda: NOW)

    def visit(number: int) -> None:
        for step in range(20):
            jar.receive(f"c{number}-{step % 5}={step}", SHOP)
            jar.cookies_for(SHOP)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(jar) == 40
    assert {cookie.value for cookie in jar.all()} == {"15", "16", "17", "18", "19"}
