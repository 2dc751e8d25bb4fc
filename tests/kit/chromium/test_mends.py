"""What the comparison with Chromium taught the model, and how the comparison judges: rows that need no Chromium."""

import pytest

from tests.kit.chromium.cells import judged
from tests.kit.fake_sites import API, IDP, MALLORY, SHOP, browser, header, to

COOKIES = ("strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "none=1; SameSite=None; Secure", "unset=1")
# The page in the window, and the frames in it, inwards → the shop's cookies that an image there brings along
FRAMES = {
    "the shop alone": ([SHOP], "strict lax none unset"),
    "the shop in itself": ([SHOP, SHOP], "strict lax none unset"),
    "the shop in its own site": ([API, SHOP], "strict lax none unset"),
    "the shop in a stranger's page": ([MALLORY, SHOP], "none"),
    "a stranger's page in the shop": ([SHOP, MALLORY], "none"),
    "the shop in a stranger's page in the shop": ([SHOP, MALLORY, SHOP], "none"),
    "the shop in itself in a stranger's page": ([MALLORY, SHOP, SHOP], "none"),
}


@pytest.mark.parametrize(("pages", "expected"), FRAMES.values(), ids=FRAMES)
def test_what_stands_around_a_frame_counts(pages: list[str], expected: str) -> None:
    """RFC 6265bis, 5.2.1: one stranger among the pages around makes every request cross-site."""
    alice, sites = browser()
    for each in COOKIES:
        alice.jar.receive(each, SHOP)

    page = alice.navigate(pages[0])
    for url in pages[1:]:
        page = alice.load_frame(url, from_=page)
    alice.load_image(SHOP + "/tea.png", from_=page)

    assert names(header(sites.last, "Cookie")) == expected
    alice.fetch(SHOP + "/tea", from_=page, credentials="include")
    assert names(header(sites.last, "Cookie")) == expected


def names(cookie_header: str | None) -> str:
    """Return the names in a Cookie header."""
    return " ".join(pair.partition("=")[0] for pair in (cookie_header or "").split("; "))


def test_a_framed_page_takes_no_lax_cookies_in_a_strangers_window() -> None:
    """RFC 6265bis, 5.7: what may not go along may not be set either."""
    alice, _sites = browser(
        {SHOP + "/set": to("/", ("Set-Cookie", "a=1"), ("Set-Cookie", "b=1; SameSite=None; Secure"))}
    )
    frame = alice.load_frame(SHOP, from_=alice.navigate(MALLORY))

    alice.fetch(SHOP + "/set", from_=frame)

    assert [cookie.name for cookie in alice.jar.all()] == ["b"]


def test_a_link_out_of_the_frame_is_its_own_pages() -> None:
    """RFC 6265bis, 5.2: what fills the window is judged by who asks for it alone."""
    alice, sites = browser()
    alice.jar.receive("strict=1; SameSite=Strict", SHOP)
    frame = alice.load_frame(SHOP, from_=alice.navigate(MALLORY))

    alice.navigate(SHOP + "/account", from_=frame)

    assert header(sites.last, "Cookie") == "strict=1"


def test_a_reload_says_no_more_than_the_way_there_did() -> None:
    """Chromium: Referer stays cut down to the origin where the first way led over a stranger."""
    alice, sites = browser({IDP + "/a": to(SHOP + "/b")})
    alice.navigate(SHOP + "/page")
    alice.navigate(IDP + "/a", from_=alice.page)
    assert header(sites.last, "Referer") == SHOP + "/"

    alice.reload()

    assert header(sites.last, "Referer") == SHOP + "/"


def test_a_redirects_policy_does_not_hide_the_origin_of_a_form() -> None:
    """Chromium: the page's policy decides about Origin; the redirect's about Referer only."""
    alice, sites = browser({SHOP + "/a": to("/b", ("Referrer-Policy", "no-referrer"), status=307)})
    alice.navigate(SHOP)

    alice.submit(SHOP + "/a")

    assert (sites.last.method, header(sites.last, "Origin"), header(sites.last, "Referer")) == ("POST", SHOP, None)


# cells, listed differences → agree, explained, wrong
VERDICTS = {
    "both agree": ({"a": (1, 1)}, {}, (1, 0, 0)),
    "an unlisted difference is wrong": ({"a": (1, 2)}, {}, (0, 0, 1)),
    "a listed difference is explained": ({"a": (1, 2)}, {"a": "a rule"}, (0, 1, 0)),
    "a listed difference that is none any more is wrong": ({"a": (1, 1)}, {"a": "a rule"}, (0, 0, 1)),
    "one agreeing cell of many listed is wrong": ({"ab": (1, 2), "ac": (1, 1)}, {"a.": "a rule"}, (0, 1, 1)),
    "a listed cell that there is not is wrong": ({"a": (1, 1)}, {"b": "a rule"}, (1, 0, 1)),
    "a list names whole cells": ({"ab": (1, 2)}, {"a": "a rule"}, (0, 0, 2)),
    "another family's list does not count": ({"a": (1, 2)}, None, (0, 0, 1)),
}


@pytest.mark.parametrize(("cells", "listed", "expected"), VERDICTS.values(), ids=VERDICTS)
def test_how_cells_are_judged(cells: dict, listed: dict | None, expected: tuple[int, int, int]) -> None:
    differences = {"other": {"a": "a rule"}} if listed is None else {"tea": listed}

    verdict = judged("tea", cells, differences)

    assert (verdict.agree, verdict.explained, len(verdict.wrong)) == expected
