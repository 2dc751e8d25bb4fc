"""What-if questions: answered as the jar itself decides when a browser really asks, and nothing changes."""

import itertools

import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.what_if import By, errand_of, would_be_sent
from labsrv.kit.http.transport import RawResponse

SHOP, SISTER, MALLORY = (
    "http://shop.localhost:8000/",
    "http://pics.shop.localhost:8000/",
    "http://mallory.localhost:8000/",
)
SECOND = "https://shop.localhost/"
BEGIN = 1_900_000_000.0

COOKIES = {
    "strict": "strict=1; SameSite=Strict",
    "lax": "lax=1; SameSite=Lax; Secure",
    "none": "none=1; SameSite=None; Secure",
    "unset": "unset=1",
    "hidden": "hidden=1; HttpOnly",
    "half an hour": "half=1; Max-Age=1800",
    "of the site": "wide=1; Domain=shop.localhost",
    "of a path": "deep=1; Path=/basket",
}
SOURCES = {"typed": None, "own": SHOP, "sister": SISTER, "another site": MALLORY, "own, other scheme": SECOND}
WAYS: dict[str, By] = {"link": "link", "form": "form", "fetch": "fetch", "image": "image", "frame": "frame"}
AFTER = {"now": 0, "3 min": 180, "31 min": 1860, "13 h": 46_800}

ROWS = {
    f"{source}, {way}, {after}": (SOURCES[source], WAYS[way], AFTER[after])
    for source, way, after in itertools.product(SOURCES, WAYS, AFTER)
    if source != "typed" or way == "link"
}


class Answering:
    """A transport that answers everything alike."""

    def send(self, request, visit):
        return RawResponse(200, "OK", [("Content-Type", "text/html"), ("Access-Control-Allow-Origin", "*")], b"")


class Hand:
    """A clock that stands where it is put."""

    time = BEGIN

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Hand()


@pytest.fixture
def browser(clock):
    """A browser with a cookie of every kind."""
    browser = Browser("alice", transport=Answering(), now=clock)
    for set_cookie in COOKIES.values():
        assert browser.jar.receive(set_cookie, SHOP).stored
    return browser


def really(browser, source, way):
    """Do it, and return what the jar decided about each cookie."""
    match way:
        case "link":
            browser.navigate(SHOP, from_=source)
        case "form":
            browser.submit(SHOP, from_=source, method="POST")
        case "fetch":
            browser.fetch(SHOP, from_=source, credentials="include")
        case "image":
            browser.load_image(SHOP, from_=source)
        case "frame":
            browser.load_frame(SHOP, from_=source)
    return {each.cookie.name: (each.sent, each.reason) for each in browser.history[0].cookies_sent}


@pytest.mark.parametrize(("source", "way", "after"), ROWS.values(), ids=ROWS)
def test_the_answer_is_what_the_jar_decides_when_it_happens(source, way, after, browser, clock):
    answers = would_be_sent(browser.jar, SHOP, from_=source, by=way, after=after)
    clock.time += after
    decided = really(browser, source, way)

    said = {each.cookie.name: (each.sent, each.reason) for each in answers}
    gone = {name for name in said if name not in decided}
    assert {name: each for name, each in said.items() if name not in gone} == decided
    assert gone == ({"half"} if after >= 1800 else set())
    assert all(not said[name][0] and "gone by then" in said[name][1] for name in gone)


def test_asking_changes_nothing_in_the_jar(browser, clock):
    before = dict(browser.jar._cookies)
    told = []
    browser.jar.listeners.append(lambda: told.append(1))

    for source, way, after in ROWS.values():
        would_be_sent(browser.jar, SHOP, from_=source, by=way, after=after)

    assert browser.jar._cookies == before
    assert not told and not browser.history


def test_a_cookie_of_another_host_is_no_part_of_the_answer(browser):
    browser.jar.receive("his=1", MALLORY)

    assert "his" not in {each.cookie.name for each in would_be_sent(browser.jar, SHOP, from_=None)}


def test_a_copy_goes_its_own_way(browser):
    copy = browser.jar.copy()
    copy.clear()

    assert len(browser.jar) == len(COOKIES) and len(copy) == 0


def test_a_way_that_no_page_has_is_refused():
    with pytest.raises(ValueError, match="by link, form, fetch, image or frame"):
        errand_of(SHOP, None, "telepathy")
