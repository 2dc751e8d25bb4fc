"""BrowserView by its traits: what is to be seen, what may be wished, and how little is sent."""

import json
import threading
import time

import pytest

from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.http.transport import RawResponse, Unreachable
from labsrv.widgets.browser.view import BrowserView
from tests.kit.fake_sites import SHOP, browser, header, html, text, to
from tests.kit.html.costly_pages import COSTLY, COSTLY_STYLES, ORDINARY_PAGES

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
HOME = html("<title>Tea</title><a href=/tea>Tea</a><form action=/basket method=post><input name=tea></form>")
PICTURE = RawResponse(200, "OK", [("Content-Type", "image/png")], b"PNG")


def view_of(answers=None):
    alice, sites = browser({f"{SHOP}/": HOME, f"{SHOP}/moved": to("/tea")} | (answers or {}))
    return BrowserView(alice), alice, sites


def wish(view, do, **details):
    """Do what the front end does when somebody clicks."""
    view._handle_msg({"content": {"data": {"method": "custom", "content": {"do": do, **details}}}, "buffers": []})


def until(fact):
    """Wait for an update that comes a moment later."""
    end = time.monotonic() + 5
    while not fact() and time.monotonic() < end:
        time.sleep(0.005)
    return fact()


def test_before_the_first_page_it_says_what_to_do():
    view, _, _ = view_of()

    assert view.shown["kind"] == "blank" and "Type an address" in view.shown["said"]
    assert (view.name, view.cookies, view.shown["back"]) == ("alice", [], False)


def test_what_code_does_shows_at_once():
    view, alice, _ = view_of()
    alice.navigate(f"{SHOP}/moved")

    assert until(lambda: view.shown["url"] == f"{SHOP}/tea")
    assert (view.shown["kind"], view.shown["status"], view.shown["title"]) == ("html", 200, "Tea")
    assert view.shown["trail"] == [f"GET {SHOP}/moved → 302"]


def test_the_same_page_again_is_shown_again():
    view, alice, _ = view_of()
    counts = set()
    for _ in range(3):
        alice.navigate(SHOP)
        assert until(lambda: view.due is None)
        counts.add(view.shown["count"])

    assert len(counts) == 3


WISHES = {
    "an address": ({"do": "navigate", "address": f"{SHOP}/tea"}, "GET", "/tea", b""),
    "an address without http": ({"do": "navigate", "address": "shop.localhost:8000/tea"}, "GET", "/tea", b""),
    "a path": ({"do": "navigate", "address": "/tea"}, "GET", "/tea", b""),
    "a link": ({"do": "click", "href": "tea?a=1", "policy": ""}, "GET", "/tea?a=1", b""),
    "a form": (
        {"do": "submit", "action": "/basket", "method": "post", "enctype": "", "entries": [["tea", "ü"], ["go", "1"]]},
        "POST",
        "/basket",
        b"tea=%C3%BC&go=1",
    ),
    "a search": (
        {"do": "submit", "action": "", "method": "", "enctype": "", "entries": [["q", "tea"]]},
        "GET",
        "/?q=tea",
        b"",
    ),
    "a reload": ({"do": "reload"}, "GET", "/", b""),
}


@pytest.mark.parametrize(("said", "method", "path", "body"), WISHES.values(), ids=WISHES)
def test_what_somebody_does_the_browser_does(said, method, path, body):
    view, alice, sites = view_of()
    alice.navigate(SHOP)
    wish(view, **said)

    assert (sites.last.method, sites.last.url, sites.last.body) == (method, SHOP + path, body)
    assert view.shown["url"] == alice.page.url == SHOP + path


def test_a_quiet_link_stays_quiet():
    view, alice, sites = view_of()
    alice.navigate(SHOP)
    wish(view, "click", href="/tea", policy="no-referrer")

    assert header(sites.last, "Referer") is None


def test_back():
    view, alice, _ = view_of()
    alice.navigate(SHOP)
    alice.navigate(f"{SHOP}/tea")
    wish(view, "back")

    assert (alice.page.url, view.shown["url"], view.shown["back"]) == (f"{SHOP}/", f"{SHOP}/", False)


def gone(request):
    raise Unreachable(f"No lab answers at {request.url}: start it again with its first cell.")


TROUBLE = {
    "the lab is stopped": ({"do": "click", "href": "/gone"}, "start it again with its first cell"),
    "script": ({"do": "navigate", "address": "javascript:alert(1)"}, "never runs the script"),
    "a link that is script": ({"do": "click", "href": "javascript:alert(1)"}, "never runs the script"),
    "a file of this computer": ({"do": "navigate", "address": "file:///etc/passwd"}, "http and https"),
    "elsewhere": ({"do": "navigate", "address": "http://elsewhere.invalid/"}, "outside the lab"),
    "no address": ({"do": "navigate", "address": " "}, "Type an address"),
    "an address that is none": ({"do": "navigate", "address": 5}, "no proper address"),
    "an endless address": ({"do": "navigate", "address": "x" * 10_000}, "no proper address"),
    "nowhere to go back to": ({"do": "back"}, "no page to go back to"),
    "entries that are none": ({"do": "submit", "action": "/", "entries": [["tea"]]}, "a name and a value"),
    "entries that are numbers": ({"do": "submit", "action": "/", "entries": [["tea", 1]]}, "a name and a value"),
    "no entries": ({"do": "submit", "action": "/"}, "a list"),
    "too many entries": ({"do": "submit", "action": "/", "entries": [["a", "b"]] * 501}, "at most 500"),
    "an endless entry": ({"do": "submit", "action": "/", "entries": [["a", "b" * 300_000]]}, "at most"),
    "a wish that nobody knows": ({"do": "__class__"}, "no browser does"),
    "a wish that is none": ({"do": ["navigate"]}, "no browser does"),
}


@pytest.mark.parametrize(("said", "sentence"), TROUBLE.values(), ids=TROUBLE)
def test_trouble_is_a_sentence_and_the_page_stays(said, sentence):
    view, alice, _ = view_of({f"{SHOP}/gone": gone})
    alice.navigate(SHOP)
    page = alice.page
    wish(view, **said)

    assert view.shown["kind"] == "trouble" and sentence in view.shown["said"]
    assert alice.page is page

    wish(view, "show")
    assert (view.shown["kind"], view.shown["url"]) == ("html", f"{SHOP}/")


def test_a_message_that_is_no_wish():
    view, _, _ = view_of()
    view._handle_msg({"content": {"data": {"method": "custom", "content": ["navigate"]}}, "buffers": []})

    assert view.shown["kind"] == "trouble"


def test_asking_whether_anybody_is_there_changes_nothing():
    view, alice, sites = view_of()
    alice.navigate(SHOP)
    assert until(lambda: view.due is None)
    before = view.shown
    wish(view, "nothing")

    assert view.shown is before and len(sites.asked) == 1


KINDS = {
    "text is no page": (text(HOSTILE), "text", ""),
    "a picture": (PICTURE, "image", ""),
    "a file": (
        RawResponse(200, "OK", [("Content-Type", "application/zip")], b"PK"),
        "other",
        "2 bytes of application/zip",
    ),
    "nothing": (html(""), "empty", "no content"),
}


@pytest.mark.parametrize(("answer", "kind", "said"), KINDS.values(), ids=KINDS)
def test_kinds_of_answers(answer, kind, said):
    view, _alice, _ = view_of({f"{SHOP}/it": answer})
    wish(view, "navigate", address=f"{SHOP}/it")

    assert view.shown["kind"] == kind and said in view.shown["said"]


def test_pictures_come_as_data():
    view, _, _ = view_of({f"{SHOP}/it": html("<img src=/a.png>"), f"{SHOP}/a.png": PICTURE})
    wish(view, "navigate", address=f"{SHOP}/it")

    assert view.shown["images"] == {"/a.png": "data:image/png;base64,UE5H"}


def test_hostile_text_goes_as_it_is():
    """The kernel takes nothing out: what makes the page harmless is the frame, and that is tested in a browser."""
    view, _, _ = view_of({f"{SHOP}/it": html(HOSTILE)})
    wish(view, "navigate", address=f"{SHOP}/it")

    assert view.shown["markup"] == HOSTILE


COOKIES = {
    "all marks": (
        Cookie("sid", "v", "shop.localhost", secure=True, http_only=True, same_site="Lax"),
        {"name": "sid", "value": "v", "where": "shop.localhost", "marks": "Secure, HttpOnly, SameSite=Lax"},
    ),
    "none": (
        Cookie(HOSTILE, "v" * 40, "localhost", "/tea", host_only=False),
        {
            "name": HOSTILE,
            "value": "v" * 23 + "…",
            "where": "localhost and its subdomains/tea",
            "marks": "no SameSite",
        },
    ),
}


@pytest.mark.parametrize(("cookie", "row"), COOKIES.values(), ids=COOKIES)
def test_a_cookie_that_is_put_in_shows_at_once(cookie, row):
    view, alice, _ = view_of()
    alice.jar.put(cookie)

    assert until(lambda: view.cookies == [row])
    alice.jar.clear()
    assert until(lambda: view.cookies == [])


@pytest.mark.slow("a thousand visits")
def test_a_thousand_visits_are_few_updates(record_figure):
    view, alice, _ = view_of()
    seen = []
    view.observe(lambda change: seen.append(change), "shown")
    began = time.monotonic()
    for number in range(1000):
        alice.navigate(f"{SHOP}/tea?{number}")
    took = time.monotonic() - began

    assert until(lambda: view.shown["url"] == f"{SHOP}/tea?999")
    assert len(seen) <= took / 0.05 + 3
    record_figure("BrowserView, updates for 1,000 visits by code", len(seen))


def test_many_threads():
    view, alice, _ = view_of()
    threads = [threading.Thread(target=lambda: [alice.navigate(SHOP) for _ in range(50)]) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert until(lambda: view.due is None and not view.stale)
    assert view.shown["url"] == f"{SHOP}/"


def test_a_closed_view_listens_no_more():
    view, alice, _ = view_of()
    view.close()
    alice.navigate(SHOP)
    alice.jar.clear()

    assert (alice.listeners, alice.jar.listeners) == ([], [])


def test_little_is_sent_besides_the_page(record_figure):
    view, alice, _ = view_of()
    wish(view, "navigate", address=SHOP)
    size = len(json.dumps(view.shown))

    record_figure(
        "BrowserView, state sent per visit besides the page's own markup (bytes)", size - len(alice.page.text)
    )
    assert size - len(alice.page.text) < 500


@pytest.mark.parametrize(("markup", "said"), COSTLY.values(), ids=COSTLY)
def test_a_page_that_would_freeze_the_tab_is_a_sentence(markup, said):
    view, alice, sites = view_of({f"{SHOP}/tea": html(f"<img src=/tea.png>{markup}")})
    alice.navigate(f"{SHOP}/tea")
    view.update()

    assert view.shown["kind"] == "too much" and view.shown["markup"] == ""
    assert view.shown["said"].startswith("This page has ") and said in view.shown["said"]
    assert "lab.alice.page.text" in view.shown["said"]
    assert len(sites.asked) == 1, "Nothing is loaded for what is not shown."


@pytest.mark.parametrize("markup", COSTLY_STYLES.values(), ids=COSTLY_STYLES)
def test_a_page_whose_styles_ask_for_too_much_is_shown_without_them(markup):
    view, alice, _ = view_of({f"{SHOP}/tea": html(markup)})
    alice.navigate(f"{SHOP}/tea")
    view.update()

    assert (view.shown["kind"], view.shown["bare"], view.shown["styles"]) == ("html", True, {})
    assert "Its styles are not shown" in view.shown["said"]


@pytest.mark.parametrize("markup", ORDINARY_PAGES.values(), ids=ORDINARY_PAGES)
def test_an_ordinary_large_page_is_shown(markup):
    view, alice, _ = view_of({f"{SHOP}/tea": html(markup)})
    alice.navigate(f"{SHOP}/tea")
    view.update()

    assert (view.shown["kind"], view.shown["markup"], view.shown["said"]) == ("html", markup, "")
