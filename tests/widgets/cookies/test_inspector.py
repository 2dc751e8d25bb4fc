"""CookieInspector by its traits: what is chosen, asked and decided, and that nothing hostile gets through."""

import json

import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.kit.clock import Clock
from labsrv.kit.http.transport import RawResponse
from labsrv.widgets.cookies.inspector import CookieInspector
from tests.patience import let_timers_run_out

SHOP, MALLORY = "http://shop.localhost:8000/", "http://mallory.localhost:8000/"
HOSTILE = "<script>alert(1)</script>"


class Shop:
    """A transport that sets a cookie at each answer."""

    set_cookie = f"sid={HOSTILE}; HttpOnly; SameSite=Lax"

    def send(self, request, visit):
        return RawResponse(200, "OK", [("Content-Type", "text/html"), ("Set-Cookie", self.set_cookie)], b"<p>Tea")


@pytest.fixture
def alice():
    browser = Browser("alice", transport=Shop())
    yield browser
    Clock().reset()


@pytest.fixture
def view(alice):
    alice.navigate(SHOP)
    view = CookieInspector(alice, sites={"shop": SHOP, "mallory": MALLORY})
    yield view
    view.close()


def tell(view, **wish):
    view.wished(None, wish, None)


def settle():
    """Let the timer of a paced update run out."""
    let_timers_run_out()


def test_it_shows_the_first_cookie_with_a_word_on_each_attribute(view):
    assert [each["name"] for each in view.cookies] == ["sid"]
    assert view.chosen["value"] == HOSTILE
    assert {row[0]: row[3] for row in view.chosen["words"]}["HttpOnly"] == "kept"
    assert view.chosen["script"]["line"] == "" and view.chosen["script"]["hidden"] == ["sid"]
    assert view.chosen["script"]["at"] == SHOP


def test_what_code_does_shows(view, alice):
    alice.jar.receive("theme=dark; Path=/", SHOP)
    settle()

    assert [each["name"] for each in view.cookies] == ["sid", "theme"]
    assert view.chosen["script"]["line"] == "theme=dark"


def test_the_last_request_is_followed_until_another_is_chosen(view, alice):
    first = view.request["serial"]
    assert view.request["rows"] == [["sid", "stored", view.request["rows"][0][2]]]

    alice.navigate(f"{SHOP}basket")
    settle()
    assert [row[1] for row in view.request["rows"]] == ["sent", "stored in place of the one before"]
    assert view.requests[0][1] == "GET shop.localhost/basket → 200"

    tell(view, do="request", serial=first)
    assert (view.request["serial"], view.request["follows"]) == (first, False)


QUESTIONS = {
    "own link": ({"from": "own", "by": "link", "after": 0, "over": "http"}, True, "same-site"),
    "typed": ({"from": "typed", "by": "form", "after": 0, "over": "http"}, True, "same-site"),
    "a sister's image": (
        {"from": "sister.shop.localhost", "by": "image", "after": 0, "over": "http"},
        True,
        "same-site",
    ),
    "Mallory's link": ({"from": "mallory.localhost", "by": "link", "after": 0, "over": "http"}, True, "with GET"),
    "Mallory's form": ({"from": "mallory.localhost", "by": "form", "after": 0, "over": "https"}, False, "POST"),
    "Mallory's frame": ({"from": "mallory.localhost", "by": "frame", "after": 180, "over": "http"}, False, "top-level"),
}


@pytest.mark.parametrize(("question", "sent", "words"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_answered(question, sent, words, view):
    tell(view, do="ask", question=question, turn=1)

    assert view.answer["asked"] == question
    assert view.answer["sent"] is sent and words in view.answer["reason"]


def test_the_answer_follows_the_clock(view, alice):
    alice.jar.receive("half=1; Max-Age=1800", SHOP)
    settle()
    tell(view, do="choose", key=view.cookies[1]["key"])
    tell(view, do="ask", question={"from": "own", "by": "link", "after": 1860, "over": "http"}, turn=1)
    assert "gone by then" in view.answer["reason"]

    Clock().advance(minutes=31)
    settle()
    assert [each["name"] for each in view.cookies] == ["sid"] and view.chosen["name"] == "sid"


def test_a_secure_cookie_over_http_on_this_machine_comes_with_a_note(alice):
    alice.jar.receive("a=1; Secure", SHOP)
    view = CookieInspector(alice)

    assert view.answer["sent"] and "this very machine" in view.answer["note"]
    view.close()


NONSENSE = {
    "no dict": "choose",
    "nothing": None,
    "an unknown verb": {"do": "eat"},
    "a key of a wrong kind": {"do": "choose", "key": ["sid"]},
    "an unknown key": {"do": "choose", "key": HOSTILE},
    "a question that is none": {"do": "ask", "question": "why", "turn": 1},
    "a question without a turn": {"do": "ask", "question": {"from": "own", "by": "form", "after": 0, "over": "http"}},
    "parts of wrong kinds": {"do": "ask", "question": {"from": [], "by": {}, "after": True, "over": 7}, "turn": 0},
    "parts that nobody offers": {
        "do": "ask",
        "question": {"from": "http://x/", "after": 1e300, "over": "ftp"},
        "turn": 0,
    },
    "an unknown request": {"do": "request", "serial": -1},
}


@pytest.mark.parametrize("wish", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_changes_nothing(wish, view):
    before = view.chosen, view.answer, {**view.request, "follows": True}
    view.wished(None, wish, None)

    assert (view.chosen, view.answer, {**view.request, "follows": True}) == before


def test_it_looks_without_touching(view, alice):
    used = alice.jar.all()[0].last_access
    tell(view, do="ask", question={"from": "own", "by": "link", "after": 0, "over": "http"}, turn=1)
    tell(view, do="look")

    assert alice.jar.all()[0].last_access == used


def test_a_browser_without_cookies_has_a_view(alice):
    view = CookieInspector(alice)

    assert (view.cookies, view.chosen, view.answer, view.requests) == ([], {}, {}, [])
    view.close()


def test_hosts_that_are_none_have_an_answer(alice):
    from labsrv.kit.cookies.jar import Cookie

    alice.jar.put(Cookie("a", "1", "exa mple/../?#", expires=1e20))
    view = CookieInspector(alice)

    assert view.answer["sent"] is False
    view.close()


def test_a_burst_of_requests_makes_few_updates_and_little_state(view, alice, record_figure):
    updates = []
    view.observe(lambda change: updates.append(change), "requests")
    for number in range(100):
        alice.navigate(f"{SHOP}{number}")
    settle()

    assert len(updates) < 30
    assert view.requests[0][1].startswith("GET shop.localhost/99")
    state = sum(len(json.dumps(getattr(view, name))) for name in ("cookies", "chosen", "answer", "requests", "request"))
    record_figure("CookieInspector: bytes of state at one cookie, 15 requests", state)
    assert state < 8_000


def test_a_closed_view_listens_no_more(view, alice):
    view.close()

    assert not alice.jar.listeners and len(alice.network.listeners) == 1
