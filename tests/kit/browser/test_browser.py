"""Cookies in a browser: what goes along with which request, what is taken, and how both are explained."""

from typing import Any

import pytest

from tests.kit.fake_sites import API, IDP, MALLORY, SHOP, Time, browser, header, html, text


def typed(alice: Any, from_: str) -> None:
    alice.navigate(SHOP)


def link(alice: Any, from_: str) -> None:
    alice.navigate(SHOP, from_=from_)


def get_form(alice: Any, from_: str) -> None:
    alice.submit(SHOP + "/", from_=from_, method="GET")


def post_form(alice: Any, from_: str) -> None:
    alice.submit(SHOP + "/", from_=from_)


def image(alice: Any, from_: str) -> None:
    alice.load_image(SHOP, from_=from_)


def frame(alice: Any, from_: str) -> None:
    alice.load_frame(SHOP, from_=from_)


def fetch(alice: Any, from_: str) -> None:
    alice.fetch(SHOP, from_=from_, credentials="include")


def no_cors(alice: Any, from_: str) -> None:
    alice.fetch(SHOP, from_=from_, credentials="include", mode="no-cors", method="POST")


ALL, NOT_STRICT, NONE_ONLY = "strict lax none default", "lax none default", "none"
# What is done, from where → the cookies that go along, ten minutes after they were set
SENT = {
    "typed": (typed, "", ALL),
    "link, same origin": (link, SHOP, ALL),
    "link, same site": (link, API, ALL),
    "link, cross-site": (link, MALLORY, NOT_STRICT),
    "link, opaque origin": (link, "null", NOT_STRICT),
    "GET form, cross-site": (get_form, MALLORY, NOT_STRICT),
    "POST form, same origin": (post_form, SHOP, ALL),
    "POST form, same site": (post_form, API, ALL),
    "POST form, cross-site": (post_form, MALLORY, NONE_ONLY),
    "image, same origin": (image, SHOP, ALL),
    "image, same site": (image, API, ALL),
    "image, cross-site": (image, MALLORY, NONE_ONLY),
    "frame, same origin": (frame, SHOP, ALL),
    "frame, same site": (frame, API, ALL),
    "frame, cross-site": (frame, MALLORY, NONE_ONLY),
    "fetch with credentials, same origin": (fetch, SHOP, ALL),
    "fetch with credentials, same site": (fetch, API, ALL),
    "fetch with credentials, cross-site": (fetch, MALLORY, NONE_ONLY),
    "fetch without CORS, cross-site": (no_cors, MALLORY, NONE_ONLY),
}


@pytest.mark.parametrize(("act", "from_", "expected"), SENT.values(), ids=SENT)
def test_same_site(act: Any, from_: str, expected: str) -> None:
    """RFC 6265bis, 5.2 and 5.8.3."""
    now = Time()
    alice, sites = browser(now=now)
    for attributes in (
        "strict=1; SameSite=Strict",
        "lax=1; SameSite=Lax",
        "none=1; SameSite=None; Secure",
        "default=1",
    ):
        assert alice.jar.receive(attributes, SHOP).stored
    now.at += 600

    act(alice, from_)

    cookies = (header(sites.last, "Cookie") or "").split("; ")
    assert " ".join(pair.partition("=")[0] for pair in cookies) == expected
    decisions = alice.history[-1].cookies_sent
    assert {each.cookie.name for each in decisions if each.sent} == set(expected.split())
    assert len(decisions) == 4


def test_the_two_minutes_of_a_fresh_cookie() -> None:
    """RFC 6265bis, 5.8.3, "Lax-allowing-unsafe": a named setting of the jar."""
    alice, sites = browser()
    alice.jar.receive("default=1", SHOP)

    post_form(alice, MALLORY)
    assert header(sites.last, "Cookie") == "default=1"

    alice.jar.lax_allow_unsafe_seconds = 0
    post_form(alice, MALLORY)
    assert header(sites.last, "Cookie") is None


# Where it happens, from where → are Lax and None cookies stored
TAKEN = {
    "a link, cross-site": (link, MALLORY, [True, True]),
    "a POST form, cross-site": (post_form, MALLORY, [True, True]),
    "an image, same site": (image, API, [True, True]),
    "an image, cross-site": (image, MALLORY, [False, True]),
    "a frame, cross-site": (frame, MALLORY, [False, True]),
    "fetch, cross-site, though it may not be read": (fetch, MALLORY, [False, True]),
}


@pytest.mark.parametrize(("act", "from_", "stored"), TAKEN.values(), ids=TAKEN)
def test_taken(act: Any, from_: str, stored: list[bool]) -> None:
    """RFC 6265bis, 5.7: a cross-site subrequest stores SameSite=None cookies only."""
    answer = html("", ("Set-Cookie", "lax=1; SameSite=Lax"), ("Set-Cookie", "none=1; SameSite=None; Secure"))
    alice, _ = browser({SHOP + "/": answer})

    act(alice, from_)

    assert [each.stored for each in alice.history[-1].cookies_set] == stored


def test_a_page_explains_itself() -> None:
    alice, _ = browser({SHOP + "/login": html("Hello", ("Set-Cookie", "session=1; HttpOnly"))})
    alice.submit(SHOP + "/login")
    assert alice.page.exchange.cookies_set[0].reason.startswith("stored, because")
    alice.navigate(SHOP)
    assert alice.page.exchange.cookies_sent[0].reason.startswith("sent, because")


def test_script_cookies() -> None:
    """HTML, `document.cookie`: those of the current page that are not HttpOnly."""
    alice, _ = browser({SHOP + "/": html("", ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; HttpOnly"))})
    assert alice.script_cookies() == ""

    alice.navigate(SHOP)
    assert alice.script_cookies() == "a=1"
    alice.navigate(IDP)
    assert alice.script_cookies() == ""


def test_secure_cookies_go_to_localhost() -> None:
    alice, sites = browser({SHOP + "/": html("", ("Set-Cookie", "__Host-session=1; Secure; Path=/"))})

    alice.navigate(SHOP)
    alice.navigate(SHOP)

    assert header(sites.last, "Cookie") == "__Host-session=1"


def test_the_jar_of_a_browser_follows_its_clock() -> None:
    now = Time()
    alice, sites = browser({SHOP + "/": text("", ("Set-Cookie", "session=1; Max-Age=60"))}, now)
    alice.navigate(SHOP)
    now.at += 60

    alice.navigate(SHOP + "/account")

    assert header(sites.last, "Cookie") is None
