"""Who listens to a browser or a jar hears of every visit and every change; and what a view needs of a browser."""

from dataclasses import replace

import pytest

from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.browser.page import Link
from labsrv.kit.cookies.jar import CookieJar
from labsrv.kit.http.transport import Unreachable
from tests.kit.fake_sites import MALLORY, SHOP, browser, header, html, to

HOME = html("<title>Home</title><a href=/tea>Tea</a><form action=/basket method=post><input name=tea></form>")
NO_STORE = html("<title>Private</title>", ("Cache-Control", "no-store"))
VISITS = {
    "a typed address": (lambda alice: alice.navigate(f"{SHOP}/tea"), f"{SHOP}/tea"),
    "a link": (lambda alice: alice.click("Tea"), f"{SHOP}/tea"),
    "a form": (lambda alice: alice.submit(f"{SHOP}/basket", tea="Oolong"), f"{SHOP}/basket"),
    "a redirect": (lambda alice: alice.navigate(f"{SHOP}/moved"), f"{SHOP}/tea"),
    "going back": (lambda alice: (alice.navigate(f"{SHOP}/tea"), alice.back()), f"{SHOP}/"),
    "a reload": (lambda alice: alice.reload(), f"{SHOP}/"),
    "an answer without content": (lambda alice: alice.navigate(f"{SHOP}/nothing"), f"{SHOP}/nothing"),
}


def at_home():
    alice, sites = browser(
        {f"{SHOP}/": HOME, f"{SHOP}/moved": to("/tea"), f"{SHOP}/nothing": html("", status=204), f"{SHOP}/no": NO_STORE}
    )
    alice.navigate(SHOP)
    return alice, sites


@pytest.mark.parametrize(("act", "url"), VISITS.values(), ids=VISITS)
def test_listeners_hear_of_each_visit(act, url):
    alice, _ = at_home()
    heard = []
    alice.listeners.append(heard.append)
    act(alice)

    assert heard[-1].url == url


def test_fetches_and_images_are_no_visits():
    alice, _ = at_home()
    alice.listeners.append(lambda page: pytest.fail("no visit"))

    alice.fetch("/api")
    alice.load_image("/tea.png")


def test_a_link_may_be_given_as_it_is():
    alice, sites = at_home()
    alice.click(Link("", f"{SHOP}/hidden", "/hidden", "no-referrer"))

    assert (sites.last.url, header(sites.last, "Referer")) == (f"{SHOP}/hidden", None)


SENT = {
    "in this order, names twice": ([("a", "1"), ("b", "2"), ("a", "3")], "POST", b"a=1&b=2&a=3"),
    "no button is pressed by itself": ([], "POST", b""),
    "marks": ([("tea", "a&b=c ü")], "POST", b"tea=a%26b%3Dc+%C3%BC"),
}


@pytest.mark.parametrize(("entries", "method", "body"), SENT.values(), ids=SENT)
def test_these_very_entries_are_sent(entries, method, body):
    alice, sites = at_home()
    alice.send("/basket", entries, method=method)

    assert (sites.last.url, sites.last.body) == (f"{SHOP}/basket", body)
    assert (header(sites.last, "Origin"), header(sites.last, "Referer")) == (SHOP, f"{SHOP}/")


def test_a_form_by_get_goes_into_the_query_and_without_action_to_the_page_itself():
    alice, sites = at_home()
    alice.send("", [("q", "tea")])

    assert (sites.last.method, sites.last.url) == ("GET", f"{SHOP}/?q=tea")


def test_a_form_to_another_site_is_cross_site():
    alice, sites = at_home()
    alice.send(f"{MALLORY}/take", [("q", "tea")], method="POST")

    assert header(sites.last, "Sec-Fetch-Site") == "cross-site"


AGAIN = {
    "a reload": (f"{SHOP}/", lambda alice: alice.reload()),
    "going back": (f"{SHOP}/no", lambda alice: alice.back()),
}


@pytest.mark.parametrize(("url", "again"), AGAIN.values(), ids=AGAIN)
def test_what_fails_leaves_the_way_back(url, again):
    alice, sites = at_home()
    alice.navigate(url)
    alice.navigate(f"{SHOP}/tea")
    before = list(alice.pages)

    def gone(request):
        raise Unreachable("No lab answers.")

    sites.answers = {f"{SHOP}/tea": gone, f"{SHOP}/no": gone}
    with pytest.raises(BrowserError, match="No lab answers"):
        again(alice)

    assert alice.pages == before


CHANGES = {
    "a cookie is set": lambda jar: jar.receive("b=2", SHOP),
    "a cookie is set by script": lambda jar: jar.receive("b=2", SHOP, from_http=False),
    "a cookie is deleted by its site": lambda jar: jar.receive("a=; Max-Age=0", SHOP),
    "a cookie is put in": lambda jar: jar.put(replace(jar.get("a"), value="2")),
    "a cookie is taken out": lambda jar: jar.remove("a"),
    "all are taken out": lambda jar: jar.clear(),
    "the browser is closed": lambda jar: jar.forget_session_cookies(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_jar_tells_when_it_has_changed(change):
    jar = CookieJar()
    jar.receive("a=1", SHOP)
    seen = []
    jar.listeners.append(lambda: seen.append([each.value for each in jar.all()]))
    change(jar)

    assert seen and seen[-1] == [each.value for each in jar.all()]


def test_a_jar_that_only_answers_is_quiet():
    jar = CookieJar()
    jar.receive("a=1", SHOP)
    jar.listeners.append(lambda: pytest.fail("nothing has changed"))

    jar.cookies_for(SHOP)
    jar.script_cookies(SHOP)
    assert not jar.receive("a=1; Domain=elsewhere.example", SHOP).stored
