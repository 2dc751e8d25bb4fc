"""Families of cells: the rows of the cookie tables beside this file, replayed in both browsers on `*.localhost`.

Rows that need https, a header that no server can send or a clock that moves are left out: a real browser's does not.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from labsrv.kit.cookies.jar import Cookie
from tests.kit.chromium.cells import Cells
from tests.kit.chromium.moves import IMAGE, TYPED, Move, form, link
from tests.kit.chromium.pair import Pair, Try
from tests.kit.chromium.sites import Stop
from tests.kit.chromium.world import World
from tests.kit.cookies import (
    test_dates,
    test_jar,
    test_parsing,
    test_retrieving,
    test_retrieving_same_site,
    test_storing,
    test_storing_prefixes,
)

SECONDS_MAY_PASS = {
    "5.6.2 one second",
    "expired as time goes by, exactly at its second",
    "not yet, a second earlier",
    "eviction: expired ones go before all",
    "expired ones are gone, exactly at their second",
}
SHOP = test_storing.SHOP
SCRIPT = test_storing.SCRIPT
Steps = list[tuple[str, str, bool]]


def stored(world: World) -> Cells:
    """RFC 6265bis, 5.4 to 5.7: every row leaves the same cookies, in every field."""
    pair, found = world.pair, Cells()
    for name, steps in replays():
        pair.fresh()
        for set_cookie, url, from_http in steps:
            receive(pair, set_cookie, at(pair, url), from_http=from_http)
        ours = in_order([as_chromium_shows(cookie) for cookie in pair.alice.jar.all()])
        found[name] = (ours, within_seconds(ours, in_order(pair.page.context.cookies())))
    return found


def replays() -> Iterator[tuple[str, Steps]]:
    """Yield a name, and the Set-Cookies of a row with their addresses and whether they come over HTTP."""
    for name, steps in all_rows():
        if name not in SECONDS_MAY_PASS and all(local(url) and sendable(text) for text, url, _ in steps):
            yield name, steps


def all_rows() -> Iterator[tuple[str, Steps]]:
    """Yield every row that says what is stored."""
    for row in test_storing_prefixes.ROWS + test_storing.ROWS:
        before = [(*each, True) for each in row.before]
        if row.how in ({}, SCRIPT):
            yield row.name, [*before, (row.set_cookie, row.url, row.how != SCRIPT)]
    for row in test_parsing.ROWS:
        yield f"{row.section} {row.name}", [(row.set_cookie, SHOP, True)]
    for row in test_dates.ROWS:
        yield f"{row.section} {row.name}", [(f"a=1; Expires={row.text}", SHOP, True)]


def local(url: str) -> bool:
    """Say whether the sites answer at a row's address."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "http" and (host.endswith("localhost") or host == "127.0.0.1")


def sendable(set_cookie: str) -> bool:
    """Say whether a server can send this, and playwright read it: one line of ASCII without a zero byte."""
    return set_cookie.isascii() and not set("\r\n\0") & set(set_cookie)


def at(pair: Pair, url: str) -> str:
    """Return a row's address at the sites' port."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.hostname}:{pair.sites.port}").geturl()


def receive(pair: Pair, set_cookie: str, url: str, *, from_http: bool) -> None:
    """Let both browsers take a cookie, from the site's answer or from script on its page."""
    if from_http:
        pair.both_visit(url, set_cookie)
        return

    pair.both_visit(url)
    pair.page.evaluate("text => { document.cookie = text }", set_cookie)
    pair.alice.jar.receive(set_cookie, url, from_http=False)


def as_chromium_shows(cookie: Cookie) -> dict[str, Any]:
    """Return a cookie in playwright's form: a dot in front for "and below", Lax if none was given, -1 for no expiry."""
    return {
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.domain if cookie.host_only else f".{cookie.domain}",
        "path": cookie.path,
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
        "sameSite": "Lax" if cookie.same_site == "Default" else cookie.same_site,
        "expires": -1 if cookie.expires is None else cookie.expires,
    }


def in_order(cookies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cookies by name, domain and path."""
    return sorted(cookies, key=lambda cookie: (cookie["name"], cookie["domain"], cookie["path"]))


def within_seconds(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return their cookies with our expiry where the two are five seconds apart at most: theirs were set earlier."""
    if len(ours) != len(theirs):
        return theirs

    return [
        {**their, "expires": our["expires"]} if abs(our["expires"] - their["expires"]) < 5 else their
        for our, their in zip(ours, theirs, strict=True)
    ]


def sequences(world: World) -> Cells:
    """RFC 6265bis, 5.7 and 5.8.3: cookies set one after another go out in the same order and form."""
    pair, found = world.pair, Cells()
    shop = test_retrieving.SHOP
    rows = [*test_jar.SEQUENCES, *test_retrieving.HEADERS]
    for row in rows:
        if row.name not in SECONDS_MAY_PASS and not getattr(row, "limits", None):
            pair.fresh()
            for set_cookie in row.set_cookies:
                pair.both_visit(at(pair, shop), set_cookie)
            ours, theirs = pair.both_visit(at(pair, f"{shop}b/c"))
            found[row.name] = (ours["Cookie"], theirs["Cookie"])
    return found


def same_site(world: World) -> Cells:
    """RFC 6265bis, 5.2 and 5.6.7: a typed address, and links, forms and images of another site."""
    rows = test_retrieving_same_site
    asks = {
        "typed": ({}, TYPED),
        "link": (rows.LINK, link()),
        "form": (rows.FORM, form()),
        "image": (rows.IMAGE, IMAGE),
    }
    found: Cells = {}
    for row in rows.ROWS + test_retrieving.ROWS:
        move = next((move for ask, move in asks.values() if ask == row.ask), None)
        at_hand = local(row.url) and local(row.set_at) and (row.url == rows.SHOP or move is TYPED)
        if move and at_hand and not row.age and row.seconds == 120:
            ours, theirs = asked(world.pair, row, move)
            found[f"{row.section} {row.name}"] = (ours, theirs)
    return found


def asked(pair: Pair, row: Any, move: Move) -> tuple[object, ...]:
    """Set a row's cookie, make its request from Mallory's page, and return the cookies that came."""
    pair.fresh()
    pair.both_visit(at(pair, row.set_at), row.set_cookie)
    if move is TYPED:
        ours, theirs = pair.both_visit(at(pair, row.url))
        return ours["Cookie"], theirs["Cookie"]

    [both] = pair.run("mallory", {"": Try(move, [Stop("shop")])}).values()
    return tuple(seen.told[0]["Cookie"] for seen in both)


FAMILIES = {
    "cookie rows, stored": stored,
    "cookie rows, in sequence": sequences,
    "cookie rows, SameSite": same_site,
}
