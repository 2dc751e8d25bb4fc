"""Redirects: methods, limits, fragments, Set-Cookie on the way. Fetch is cited by the names of its parts."""

import itertools
from typing import Any

import pytest

from labsrv.kit.addresses.urls import BadAddress
from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.fetch.redirects import target
from tests.kit.fake_sites import API, IDP, MALLORY, SHOP, browser, header, html, text, to

METHODS = {
    "301 turns POST into GET": (301, "POST", "GET"),
    "302 turns POST into GET": (302, "POST", "GET"),
    "303 turns POST into GET": (303, "POST", "GET"),
    "307 keeps POST": (307, "POST", "POST"),
    "308 keeps POST": (308, "POST", "POST"),
    "301 keeps PUT": (301, "PUT", "PUT"),
    "302 keeps DELETE": (302, "DELETE", "DELETE"),
    "303 turns PUT into GET": (303, "PUT", "GET"),
    "303 keeps HEAD": (303, "HEAD", "HEAD"),
    "302 keeps GET": (302, "GET", "GET"),
}


@pytest.mark.parametrize(("status", "method", "then"), METHODS.values(), ids=METHODS)
def test_method(status: int, method: str, then: str) -> None:
    """HTTP-redirect fetch: the method, and with it the body and the headers about the body."""
    alice, sites = browser({SHOP + "/a": to("/b", status=status)})
    body = None if method in ("GET", "HEAD") else "tea=1"

    alice.fetch(SHOP + "/a", from_=SHOP, method=method, body=body)

    kept = body is not None and then == method
    assert sites.last.method == then
    assert sites.last.body == (b"tea=1" if kept else b"")
    assert (header(sites.last, "Content-Type") is not None) is kept
    assert (header(sites.last, "Content-Length") is not None) is kept


def test_a_form_that_is_redirected_with_307_is_sent_to_the_next_address() -> None:
    alice, sites = browser({SHOP + "/pay": to(IDP + "/pay", status=307)})

    alice.submit(SHOP + "/pay", amount="3")

    assert (sites.last.method, sites.last.body) == ("POST", b"amount=3")
    assert header(sites.last, "Content-Type") == "application/x-www-form-urlencoded"


# status, Location → the address at the end
TARGETS = {
    "an absolute address": (302, IDP + "/x", IDP + "/x"),
    "a path": (302, "/x", SHOP + "/x"),
    "a name": (302, "x", SHOP + "/here/x"),
    "up": (302, "../x", SHOP + "/x"),
    "a query": (302, "?q=1", SHOP + "/here/a?q=1"),
    "a host": (302, "//idp.localhost:8000/x", IDP + "/x"),
    "backslashes are slashes": (302, "/\\idp.localhost:8000/x", IDP + "/x"),
    "three slashes are two": (302, "///idp.localhost:8000/x", IDP + "/x"),
    "a tab vanishes": (302, "/\t/idp.localhost:8000/x", IDP + "/x"),
    "a space and an umlaut are escaped": (302, "/grün tee".encode().decode("latin-1"), SHOP + "/gr%C3%BCn%20tee"),
    "no Location": (302, None, SHOP + "/here/a#top"),
    "300 is no redirect": (300, "/x", SHOP + "/here/a#top"),
    "304 is no redirect": (304, "/x", SHOP + "/here/a#top"),
    "200 with a Location": (200, "/x", SHOP + "/here/a#top"),
    "201 with a Location": (201, "/x", SHOP + "/here/a#top"),
}


@pytest.mark.parametrize(("status", "location", "expected"), TARGETS.values(), ids=TARGETS)
def test_target(status: int, location: str | None, expected: str) -> None:
    """Fetch, "location URL"."""
    answer = text(status=status) if location is None else to(location, status=status)
    alice, _ = browser({SHOP + "/here/a": answer, SHOP + "/here/a?q=1": text()})

    page = alice.navigate(SHOP + "/here/a#top")

    assert page.url.partition("#")[0] == expected.partition("#")[0]


@pytest.mark.parametrize(("status", "location", "expected"), TARGETS.values(), ids=TARGETS)
def test_the_target_is_known_without_going_there(status: int, location: str | None, expected: str) -> None:
    """What a view says of a redirect is where the browser goes."""
    there = target(SHOP + "/here/a#top", status, location)

    assert (there or SHOP + "/here/a#top").partition("#")[0] == expected.partition("#")[0]
    assert (there is None) is (expected == SHOP + "/here/a#top")


# From /here/a?b#top: the Location → the target, or None where no browser can make sense of it
FARTHER_TARGETS: dict[str, tuple[str, str | None]] = {
    "an empty one": ("", SHOP + "/here/a?b#top"),
    "a fragment only": ("#tea", SHOP + "/here/a?b#tea"),
    "an empty fragment": ("/b#", SHOP + "/b"),
    "bytes that are no UTF-8": ("/\xff", SHOP + "/%EF%BF%BD#top"),
    "the usual port": ("http://idp.localhost:80/", "http://idp.localhost/#top"),
    "another scheme": ("mailto:alice@post.localhost", "mailto:alice@post.localhost#top"),
    "no host": ("http://", None),
    "slashes only": ("//", None),
    "a broken IPv6 address": ("http://[::1", None),
    "a port beyond all": ("http://a:99999/", None),
    "a space in a host": ("http://sh op/", None),
}


@pytest.mark.parametrize(("location", "expected"), FARTHER_TARGETS.values(), ids=FARTHER_TARGETS)
def test_a_target_farther_off(location: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(BadAddress):
            target(SHOP + "/here/a?b#top", 302, location)
        return

    assert target(SHOP + "/here/a?b#top", 302, location) == expected


FRAGMENTS = {
    "kept": ("/b", SHOP + "/b#top"),
    "replaced": ("/b#tea", SHOP + "/b#tea"),
    "kept over another site": (IDP + "/b", IDP + "/b#top"),
    "replaced by an empty one": ("/b#", SHOP + "/b"),
}


@pytest.mark.parametrize(("location", "expected"), FRAGMENTS.values(), ids=FRAGMENTS)
def test_fragment(location: str, expected: str) -> None:
    """Fetch, "location URL": a Location without a fragment keeps the request's; none is ever sent."""
    alice, sites = browser({SHOP + "/a": to(location)})

    assert alice.navigate(SHOP + "/a#top").url == expected
    assert all("#" not in each.url for each in sites.asked)


def countdown(first: int) -> dict[str, Any]:
    """Return a chain of this many redirects."""
    return {f"{SHOP}/{left}": to(f"/{left - 1}") for left in range(1, first + 1)}


def test_twenty_redirects_are_followed() -> None:
    alice, _ = browser(countdown(20))

    page = alice.navigate(SHOP + "/20")

    assert page.url == SHOP + "/0"
    assert len(page.exchanges) == 21


def test_the_twenty_first_is_not() -> None:
    alice, sites = browser(countdown(21))

    with pytest.raises(BrowserError, match="gives up after 20 redirects") as error:
        alice.navigate(SHOP + "/21")

    assert len(sites.asked) == len(error.value.exchanges) == 21
    assert alice.page is None


ELSEWHERE = {
    "script": ("javascript:alert(1)", "http and https only"),
    "data": ("data:text/html,tea", "http and https only"),
    "out of the lab": ("http://evil.test/", "outside the lab"),
    "no host": ("http://", "names no host"),
    "no port": ("http://shop.localhost:tea/", "no address that a browser can open"),
}


@pytest.mark.parametrize(("location", "why"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_redirect_that_leads_nowhere(location: str, why: str) -> None:
    alice, _ = browser({SHOP + "/a": to(location)})

    with pytest.raises(BrowserError, match=why) as error:
        alice.navigate(SHOP + "/a")

    assert [each.status for each in error.value.exchanges] == [302]


# The initiator, the way → which of the cookies of the last site go along there
SAME_SITE = {
    "typed": (None, [SHOP + "/a", SHOP + "/b"], "strict lax"),
    "typed, over a stranger": (None, [SHOP + "/a", IDP + "/b", SHOP + "/c"], "strict lax"),
    "own link, over a stranger (Chromium: who began decides)": (
        SHOP,
        [SHOP + "/a", IDP + "/b", SHOP + "/c"],
        "strict lax",
    ),
    "a stranger's link": (MALLORY, [SHOP + "/a"], "lax"),
    "a stranger's link, then the shop's own redirect: Strict stays at home": (
        MALLORY,
        [SHOP + "/a", SHOP + "/b"],
        "lax",
    ),
    "a link of the same site": (API, [SHOP + "/a"], "strict lax"),
    "a stranger's link over the own site of the stranger": (MALLORY, [MALLORY + "/a", SHOP + "/b"], "lax"),
}


@pytest.mark.parametrize(("from_", "way", "expected"), SAME_SITE.values(), ids=SAME_SITE)
def test_same_site_cookies_after_redirects(from_: str | None, way: list[str], expected: str) -> None:
    """RFC 6265bis, 5.2 and 8.8.6, as Chromium does it: each hop is judged by who began."""
    alice, sites = browser({here: to(there) for here, there in itertools.pairwise(way)})
    alice.jar.receive("strict=1; SameSite=Strict", SHOP)
    alice.jar.receive("lax=1; SameSite=Lax", SHOP)

    alice.navigate(way[0], from_=from_)

    cookies = header(sites.last, "Cookie") or ""
    assert " ".join(pair.partition("=")[0] for pair in cookies.split("; ")) == expected


def test_a_stranger_post_that_ends_as_get_gets_lax_cookies() -> None:
    """RFC 6265bis, 5.2: the method of each hop counts."""
    alice, sites = browser({SHOP + "/a": to("/b", status=303)})
    alice.jar.receive("lax=1; SameSite=Lax", SHOP)

    alice.submit(SHOP + "/a", from_=MALLORY)

    assert [header(each, "Cookie") for each in sites.asked] == [None, "lax=1"]


def test_cookies_are_taken_on_every_hop() -> None:
    """HTTP-network fetch: Set-Cookie is taken before the redirect is followed, also by another site."""
    alice, sites = browser(
        {
            SHOP + "/login": to(IDP + "/ask", ("Set-Cookie", "state=1")),
            IDP + "/ask": to(SHOP + "/back", ("Set-Cookie", "idp=1")),
            SHOP + "/back": html("<h1>Hello</h1>", ("Set-Cookie", "session=1")),
        }
    )

    page = alice.navigate(SHOP + "/login")

    assert [each.status for each in page.exchanges] == [302, 302, 200]
    assert [[stored.cookie.name for stored in each.cookies_set] for each in page.exchanges] == [
        ["state"],
        ["idp"],
        ["session"],
    ]
    assert header(sites.last, "Cookie") == "state=1"
    assert {cookie.name for cookie in alice.jar.all()} == {"state", "idp", "session"}


# The way of a form that is sent again with 307 → Origin at its end
FORMS = {
    "own redirect": ([SHOP + "/a", SHOP + "/b"], SHOP, SHOP),
    "own redirect to a stranger (Fetch keeps it, Chromium does not)": ([SHOP + "/a", IDP + "/b"], SHOP, "null"),
    "a stranger's redirect to another": ([SHOP + "/a", IDP + "/b"], MALLORY, "null"),
    "back home over a stranger": ([IDP + "/a", SHOP + "/b"], SHOP, "null"),
    "within one stranger": ([SHOP + "/a", SHOP + "/b"], MALLORY, MALLORY),
}


@pytest.mark.parametrize(("way", "from_", "expected"), FORMS.values(), ids=FORMS)
def test_origin_after_redirects(way: list[str], from_: str, expected: str) -> None:
    """Fetch, "redirect-taint": a cross-origin redirect by a stranger makes the Origin null."""
    alice, sites = browser({here: to(there, status=307) for here, there in itertools.pairwise(way)})

    alice.submit(way[0], from_=from_)

    assert header(sites.last, "Origin") == expected
