"""Pages: what a person reads, clicks and goes back to. Nothing on a page is executed."""

from typing import Any

import pytest

from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.browser.page import Link
from tests.kit.fake_sites import API, IDP, MALLORY, SHOP, at_home, browser, header, html, text, to

VISIBLE = {
    "tags are stripped": ("<h1>Your</h1><p>basket</p>", "Your basket", True),
    "inline tags do not part words": ("O<b>ol</b>ong", "Oolong", True),
    "cells do": ("<table><tr><td>1</td><td>2</td></tr></table>", "12", False),
    "a line break does": ("green<br>tea", "green tea", True),
    "entities are decoded": ("&lt;b&gt; &eacute;t&eacute; &#8364;", "<b> été €", True),
    "white space is one space": ("green\n\t  tea", "green tea", True),
    "white space in what is looked for, too": ("green tea", "green\n tea", True),
    "script is no text": ("<script>var x = 'secret'</script>tea", "secret", False),
    "style is no text": ("<style>.secret {}</style>tea", "secret", False),
    "template is no text": ("<template><p>secret</p></template>tea", "secret", False),
    "after script there is text again": ("<script>if (1 < 2) {}</script>tea", "tea", True),
    "a comment is no text": ("<!-- secret -->tea", "secret", False),
    "what is hidden is not seen": ("<div hidden><p>secret</p></div>tea", "secret", False),
    "and what follows is": ("<div hidden><p>secret<br></p></div>tea", "tea", True),
    "the title is not in the page": ("<title>Secret</title>tea", "Secret", False),
    "a head that is never closed": ("<html><head><title>x</title><p>tea", "tea", True),
    "an attribute is not read": ('<p title="secret">tea', "secret", False),
    "a hidden field is not read": ("<input type=hidden value=secret>", "secret", False),
    "a password is not read": ("<input type=password value=secret>", "secret", False),
    "what stands in a field is": ("<form><input value='green tea'></form>", "green tea", True),
    "a button's label": ("<form><input type=submit value='Log in'></form>", "Log in", True),
    "a button's words": ("<form><button>Log <b>in</b></button></form>", "Log in", True),
    "a textarea's text": ("<form><textarea>green tea</textarea></form>", "green tea", True),
    "a list's choices": ("<form><select><option>green<option>black</select></form>", "black", True),
    "case counts": ("Tea", "tea", False),
}


@pytest.mark.parametrize(("body", "words", "seen"), VISIBLE.values(), ids=VISIBLE)
def test_sees(body: str, words: str, seen: bool) -> None:
    alice, _ = browser({SHOP + "/": html(body)})
    alice.navigate(SHOP)

    assert alice.sees(words) is seen


def test_plain_text_has_no_tags() -> None:
    alice, _ = browser({SHOP + "/": text("<b>tea</b>")})
    alice.navigate(SHOP)

    assert alice.sees("<b>tea</b>")
    assert (alice.page.links, alice.page.forms, alice.page.title) == ([], [], "")


def test_no_page_shows_nothing() -> None:
    alice, _ = browser()

    assert not alice.sees("")
    assert repr(alice) == "<Browser alice: no page yet>"


def test_a_page_in_one_line() -> None:
    alice, _ = browser({SHOP + "/account": html("<title> Your\naccount </title>", status=403)})

    assert repr(alice.navigate(SHOP + "/account")) == f'<Page 403 {SHOP}/account "Your account">'


CHARSETS = {
    "UTF-8 by default": ("text/html", "é".encode(), "é"),
    "said by the header": ("text/html; charset=iso-8859-1", "é".encode("latin-1"), "é"),
    "said by the page": ("text/html", b"<meta charset='iso-8859-1'>" + "é".encode("latin-1"), "é"),
    "unknown": ("text/html; charset=tea", "é".encode(), "é"),
    "broken": ("text/html", b"\xff", "�"),
}


@pytest.mark.parametrize(("kind", "body", "words"), CHARSETS.values(), ids=CHARSETS)
def test_charset(kind: str, body: bytes, words: str) -> None:
    """HTML, "determining the character encoding"."""
    answer = html("")
    answer.headers[0], answer.body = ("Content-Type", kind), body
    alice, _ = browser({SHOP + "/": answer})

    assert alice.navigate(SHOP).text.endswith(words)


def test_json_page() -> None:
    alice, _ = browser({SHOP + "/me": text('{"name": "alice"}')})

    assert alice.navigate(SHOP + "/me").json() == {"name": "alice"}


# base element, href → address, seen from http://shop.localhost:8000/tea/green?x=1#y
LINKS = {
    "absolute": ("", IDP + "/x", IDP + "/x"),
    "path": ("", "/x", SHOP + "/x"),
    "name": ("", "x", SHOP + "/tea/x"),
    "dot": ("", "./x", SHOP + "/tea/x"),
    "up": ("", "../x", SHOP + "/x"),
    "further up than there is": ("", "../../../x", SHOP + "/x"),
    "up, written as %2e": ("", "%2e%2E/x", SHOP + "/x"),
    "query": ("", "?q=1", SHOP + "/tea/green?q=1"),
    "fragment": ("", "#z", SHOP + "/tea/green?x=1#z"),
    "empty": ("", "", SHOP + "/tea/green?x=1"),
    "host": ("", "//idp.localhost:8000", IDP + "/"),
    "backslashes": ("", "\\\\idp.localhost:8000\\x", IDP + "/x"),
    "scheme without slashes is relative": ("", "http:x", SHOP + "/tea/x"),
    "another scheme without slashes is not": ("", "https:shop.example/x", "https://shop.example/x"),
    "one slash": ("", "https:/shop.example/x", "https://shop.example/x"),
    "space around": ("", " \n/x ", SHOP + "/x"),
    "upper case": ("", "HTTP://IDP.localhost:8000/X", IDP + "/X"),
    "usual port": ("", "http://idp.localhost:80/x", "http://idp.localhost/x"),
    "a user's name before a stranger's host": (
        "",
        "http://shop.localhost@idp.localhost:8000/x",
        "http://shop.localhost@idp.localhost:8000/x",
    ),
    "umlauts in host and path": (
        "",
        "http://grün.example/grün tee?ü",
        "http://xn--grn-ioa.example/gr%C3%BCn%20tee?%C3%BC",
    ),
    "a base": ("/shop/", "x", SHOP + "/shop/x"),
    "a base of another site": (IDP + "/a/b", "x", IDP + "/a/x"),
    "a base does not count for itself": ("x", "y", SHOP + "/tea/y"),
    "another scheme stays": ("", "mailto:tea@shop.example", "mailto:tea@shop.example"),
    "script stays, unread": ("", "JavaScript:alert(1)", "javascript:alert(1)"),
}


@pytest.mark.parametrize(("base", "href", "expected"), LINKS.values(), ids=LINKS)
def test_links(base: str, href: str, expected: str) -> None:
    """URL Standard, "basic URL parser"; HTML, "document base URL"."""
    element = f'<base href="{base}">' if base else ""
    alice, _ = browser({SHOP + "/tea/green": html(f'{element}<a href="{href}">Go</a>')})

    page = alice.navigate(SHOP + "/tea/green?x=1#y")

    assert page.links[0].url == expected


CLICKED = {
    "by its words": "Your basket",
    "by some of its words": "basket",
    "by its address as written": "basket.html",
    "by its whole address": SHOP + "/basket.html",
}


@pytest.mark.parametrize("link", CLICKED.values(), ids=CLICKED)
def test_click(link: str) -> None:
    page = '<a href="/other">Your basket is full</a><a name=x>anchor</a><a href="basket.html">Your <i>basket</i></a>'
    alice, sites = browser({SHOP + "/": html(page)})
    alice.navigate(SHOP)

    alice.click(link)

    assert sites.last.url == SHOP + ("/other" if link == "basket" else "/basket.html")
    assert header(sites.last, "Referer") == SHOP + "/"


REFUSED = {
    "script": ("javascript:alert(1)", "never runs the script of a page"),
    "script in disguise": (" java\nscript:alert(1)", "never runs the script of a page"),
    "mail": ("mailto:tea@shop.example", "opens http and https addresses"),
    "data": ("data:text/html,tea", "opens http and https addresses"),
    "a file": ("file:///etc/passwd", "opens http and https addresses"),
    "out of the lab": ("http://tea.test/", "outside the lab"),
    "no host": ("http://", "names no host"),
    "a strange port": ("http://shop.localhost:99999/", "no address that a browser can open"),
    "half a bracket": ("http://[::1/", "no address that a browser can open"),
}


@pytest.mark.parametrize(("url", "why"), REFUSED.values(), ids=REFUSED)
def test_refused(url: str, why: str) -> None:
    """Typed or clicked, it is refused in a sentence, and the page stays."""
    alice, _ = browser({SHOP + "/": html(f'<a href="{url}">Go</a>')})
    page = alice.navigate(SHOP)

    with pytest.raises(BrowserError, match=why):
        alice.click("Go")
    with pytest.raises(BrowserError, match=why):
        alice.navigate(url)
    assert alice.page is page


def test_a_relative_address_needs_a_page() -> None:
    alice, sites = browser()

    with pytest.raises(BrowserError, match="no whole address"):
        alice.navigate("/account")
    alice.navigate(SHOP)
    alice.navigate("/account")
    assert sites.last.url == SHOP + "/account"


def test_a_link_that_is_not_there() -> None:
    alice, _ = browser({SHOP + "/": html("<a href=/a>Basket</a>")})
    with pytest.raises(BrowserError, match="shows no page yet"):
        alice.click("Log out")
    alice.navigate(SHOP)

    with pytest.raises(BrowserError, match="no link 'Log out'. Its links: 'Basket'"):
        alice.click("Log out")


def test_things_with_an_address_stand_for_it() -> None:
    """A lab's Site, or a Page, may be given where an address is."""
    alice, sites = browser()
    page = alice.navigate(SHOP + "/tea")

    alice.navigate(page)
    alice.fetch(API, from_=page)

    assert [each.url for each in sites.asked] == [SHOP + "/tea", SHOP + "/tea", API + "/"]


def test_other_things_do_not() -> None:
    alice, _ = browser()

    with pytest.raises(BrowserError, match="is no address"):
        alice.navigate(SHOP, from_=alice)


def test_script_of_a_page_is_never_run() -> None:
    page = "<script>location = '/stolen'</script><img src=/x onerror=alert(1)><body onload=alert(1)>"
    alice, sites = browser({SHOP + "/": html(page + "<meta http-equiv=refresh content='0; url=/stolen'>")})

    alice.navigate(SHOP)

    assert len(sites.asked) == 1


def test_back_shows_the_page_as_it_was() -> None:
    """HTML, "traverse the history": a kept page needs no request, which is why logging out does not hide it."""
    alice, sites = browser()
    first = alice.navigate(SHOP + "/account")
    alice.submit(SHOP + "/logout")
    asked = len(sites.asked)

    assert alice.back() is first is alice.page
    assert len(sites.asked) == asked


def test_back_to_a_page_that_must_not_be_stored() -> None:
    alice, sites = browser({SHOP + "/account": html("Alice", ("Cache-Control", "private, No-Store"))})
    first = alice.navigate(SHOP + "/account", from_=MALLORY)
    alice.navigate(SHOP)

    assert alice.back() is not first
    assert (sites.last.url, header(sites.last, "Sec-Fetch-Site")) == (SHOP + "/account", "cross-site")
    with pytest.raises(BrowserError, match="no page to go back to"):
        alice.back()


def test_back_to_an_answer_that_must_not_be_stored() -> None:
    alice, sites = browser({SHOP + "/pay": html("Paid", ("Cache-Control", "no-store"))})
    alice.submit(SHOP + "/pay")
    page = alice.navigate(SHOP)

    with pytest.raises(BrowserError, match="send the form again"):
        alice.back()
    assert alice.page is page
    assert len(sites.asked) == 2


def test_back_and_on() -> None:
    alice, _ = browser()
    for path in ("/a", "/b", "/c"):
        alice.navigate(SHOP + path)

    alice.back()
    alice.navigate(SHOP + "/d")

    assert [page.url.removeprefix(SHOP) for page in alice.pages] == ["/a", "/b", "/d"]
    assert alice.back().url == SHOP + "/b"


RELOADED = {
    "typed": (None, "none", "strict=1"),
    "an own link": (SHOP, "same-origin", "strict=1"),
    "a stranger's link stays a stranger's": (MALLORY, "cross-site", None),
}


@pytest.mark.parametrize(("from_", "site", "cookie"), RELOADED.values(), ids=RELOADED)
def test_reload(from_: Any, site: str, cookie: str | None) -> None:
    """RFC 6265bis, 8.8.5: a reload is same-site only if the page was reached so."""
    alice, sites = browser()
    alice.jar.receive("strict=1; SameSite=Strict", SHOP)
    alice.navigate(SHOP, from_=from_)

    alice.reload()

    assert (header(sites.last, "Sec-Fetch-Site"), header(sites.last, "Cookie")) == (site, cookie)
    assert len(sites.asked) == 2
    assert len(alice.pages) == 1


def test_reload_sends_an_answered_form_again() -> None:
    alice, sites = browser()
    alice.submit(SHOP + "/pay", amount="3")

    alice.reload()

    assert [(each.method, each.body) for each in sites.asked] == [("POST", b"amount=3")] * 2


def test_reload_after_post_redirect_get_only_reads() -> None:
    alice, sites = browser({SHOP + "/pay": to("/paid", status=303)})
    alice.submit(SHOP + "/pay", amount="3")

    alice.reload()

    assert [f"{each.method} {each.url}" for each in sites.asked[1:]] == [f"GET {SHOP}/paid"] * 2


STAYS = {
    "204 has no page": text(status=204),
    "205 has no page": text(status=205),
    "a download is no page": text("tea", ("Content-Disposition", "Attachment; filename=tea.txt")),
}


@pytest.mark.parametrize("answer", STAYS.values(), ids=STAYS)
def test_the_page_stays(answer: Any) -> None:
    """HTML, "navigate": an answer without a document leaves the one that is there."""
    alice, _ = browser({SHOP + "/x": answer})
    page = alice.navigate(SHOP)

    assert alice.navigate(SHOP + "/x") is not page
    assert alice.page is page


def test_a_frame_leaves_the_page_around_it() -> None:
    alice, _ = browser({IDP + "/": html("In a frame")})
    page = alice.navigate(SHOP)

    assert alice.load_frame(IDP).sees("In a frame")
    assert alice.page is page


def test_the_browser_without_a_site() -> None:
    """A server that is gone is one clear sentence; script gets an error as it would for a block."""
    alice, _ = browser()

    with pytest.raises(BrowserError, match=r"^http://tea.test/ is outside the lab\.$"):
        alice.navigate("http://tea.test/")
    assert alice.fetch("http://tea.test/", from_=SHOP).reason == "blocked, because http://tea.test/ is outside the lab."


def test_a_link_may_be_given_as_it_is():
    alice, sites = at_home()
    alice.click(Link("", f"{SHOP}/hidden", "/hidden", "no-referrer"))

    assert (sites.last.url, header(sites.last, "Referer")) == (f"{SHOP}/hidden", None)
