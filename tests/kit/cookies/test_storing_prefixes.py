"""RFC 6265bis, 5.3 and 5.4: what is ignored, and what a name's prefix promises, row by row."""

from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.jar import CookieJar

NOW = 1_800_000_000.0
SHOP = "http://shop.localhost:8000/account/orders"
PLAIN = "http://shop.example/account/orders"


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

ROWS = [
    Row("5.4", "__Secure- with Secure", "__Secure-sid=1; Secure", True),
    Row("5.4", "__Secure- without Secure", "__Secure-sid=1", False, "the prefix __Secure- needs the Secure attribute"),
    Row("5.4", "__secure- in lower case", "__secure-sid=1", False, "__Secure- needs the Secure attribute"),
    Row("5.4", "__SECURE- in upper case", "__SECURE-sid=1", False, "__Secure- needs the Secure attribute"),
    Row(
        "5.4", "__Secure- may have a Domain and a Path", "__Secure-sid=1; Secure; Domain=shop.localhost; Path=/a", True
    ),
    Row("5.4", "__Secure without its hyphen promises nothing", "__Secure=1", True),
    Row("5.4", "one underscore promises nothing", "_Secure-sid=1", True),
    Row("5.4", "a prefix inside the name promises nothing", "x__Secure-sid=1", True),
    Row("5.4", "__Host- with Secure and Path=/", "__Host-sid=1; Secure; Path=/", True),
    Row(
        "5.4", "__Host- over plain http", "__Host-sid=1; Secure; Path=/", False, "not be set over plain http", url=PLAIN
    ),
    Row(
        "5.4", "__Host- without Secure", "__Host-sid=1; Path=/", False, "the prefix __Host- needs the Secure attribute"
    ),
    Row("5.4", "__Host- without Path", "__Host-sid=1; Secure", False, "the prefix __Host- needs Path=/"),
    Row(
        "5.4",
        "__Host- without Path, from a page at the top",
        "__Host-sid=1; Secure",
        False,
        "needs Path=/",
        url="http://shop.localhost/",
    ),
    Row("5.4", "__Host- with another Path", "__Host-sid=1; Secure; Path=/account", False, "needs Path=/"),
    Row(
        "5.4",
        "__Host- with an empty Path, as in Chromium",
        "__Host-sid=1; Secure; Path=",
        False,
        "needs Path=/",
        url="http://shop.localhost/",
    ),
    Row(
        "5.4",
        "__Host- with a Domain",
        "__Host-sid=1; Secure; Path=/; Domain=shop.localhost",
        False,
        "forbids the Domain attribute",
    ),
    Row("5.4", "__Host- with an empty Domain", "__Host-sid=1; Secure; Path=/; Domain=", True),
    Row("5.4", "__host- in lower case", "__host-sid=1; Secure; Path=/account", False, "__Host- needs Path=/"),
    Row(
        "5.4",
        "__host- in lower case that keeps the promise",
        "__host-sid=1; Secure; Path=/",
        True,
        cookie={"name": "__host-sid"},
    ),
    Row(
        "5.4", "__Http- with Secure and HttpOnly, as in Chromium", "__Http-sid=1; Secure; HttpOnly; Path=/account", True
    ),
    Row(
        "5.4",
        "__Http- without HttpOnly",
        "__Http-sid=1; Secure",
        False,
        "the prefix __Http- needs the HttpOnly attribute",
    ),
    Row(
        "5.4",
        "__Http- without Secure",
        "__Http-sid=1; HttpOnly",
        False,
        "the prefix __Http- needs the Secure attribute",
    ),
    Row(
        "5.4", "__Http- from script", "__Http-sid=1; Secure", False, "__Http- needs the HttpOnly attribute", how=SCRIPT
    ),
    Row("5.4", "__Host-Http- that keeps every promise", "__Host-Http-sid=1; Secure; HttpOnly; Path=/", True),
    Row(
        "5.4",
        "__Host-Http- without HttpOnly",
        "__Host-Http-sid=1; Secure; Path=/",
        False,
        "__Host-Http- needs the HttpOnly",
    ),
    Row("5.4", "__Host-Http- without Path", "__Host-Http-sid=1; Secure; HttpOnly", False, "__Host-Http- needs Path=/"),
    Row(
        "5.4",
        "__host-http- in lower case",
        "__host-http-sid=1; Secure; Path=/",
        False,
        "__Host-Http- needs the HttpOnly",
    ),
    Row(
        "5.4",
        "no name, a value like __Host-",
        "=__Host-sid=1; Secure; Path=/",
        False,
        "it has no name and a value that begins with __Host-",
    ),
    Row(
        "5.4",
        "no equals sign either",
        "__Host-sid; Secure; Path=/",
        False,
        "it has no name and a value that begins with __Host-",
    ),
    Row("5.4", "no name, a value like __secure-", "=__secure-sid=1; Secure", False, "begins with __Secure-"),
    Row("5.4", "no name, a value like __Http-", "=__Http-sid=1; Secure; HttpOnly", False, "begins with __Http-"),
    Row("5.4", "no name, a value with a prefix further on", "=x__Host-sid", True),
    Row("5.4", "a name, and a value like __Host-", "sid=__Host-sid", True),
    Row("5.3", "every final answer's cookies are taken: the jar never asks for the status", "sid=1", True),
    Row(
        "5.3",
        "cookies of an address without a host are ignored",
        "sid=1",
        False,
        "has no host",
        url="data:text/html,hello",
    ),
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
