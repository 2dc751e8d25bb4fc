"""Forms: what is in them, what is sent for them. HTML is cited by the names of its parts."""

from typing import Any

import pytest

from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.html.forms import MULTIPART, PLAIN, Form, encode
from tests.kit.fake_sites import IDP, MALLORY, SHOP, at_home, browser, header, html

# What stands in the form → the fields that would be sent
FIELDS = {
    "input: text": ("<input name=tea value=oolong>", {"tea": "oolong"}),
    "input: no value": ("<input name=tea>", {"tea": ""}),
    "input: hidden": ("<input type=hidden name=csrf value='a&amp;b'>", {"csrf": "a&b"}),
    "input: no name": ("<input value=oolong>", {}),
    "input: disabled": ("<input name=tea value=x disabled>", {}),
    "input: password": ("<input type=password name=p value=x>", {"p": "x"}),
    "checkbox: ticked": ("<input type=checkbox name=milk value=yes checked>", {"milk": "yes"}),
    "checkbox: ticked, no value": ("<input type=checkbox name=milk checked>", {"milk": "on"}),
    "checkbox: not ticked": ("<input type=checkbox name=milk value=yes>", {}),
    "checkboxes: several": (
        "<input type=checkbox name=x value=1 checked><input type=checkbox name=x value=2>"
        "<input type=checkbox name=x value=3 checked>",
        {"x": ["1", "3"]},
    ),
    "radio: one of them": ("<input type=radio name=x value=1><input type=radio name=x value=2 checked>", {"x": "2"}),
    "select: the first": ("<select name=x><option>Green tea<option value=b>Black</select>", {"x": "Green tea"}),
    "select: selected": ("<select name=x><option>a</option><option selected value=b>B</option></select>", {"x": "b"}),
    "select: the first that is able": ("<select name=x><option disabled>a<option>b</select>", {"x": "b"}),
    "select: the last selected": ("<select name=x><option selected>a<option selected>b</select>", {"x": "b"}),
    "select: multiple": ("<select name=x multiple><option selected>a<option selected>b</select>", {"x": ["a", "b"]}),
    "select: multiple, none": ("<select name=x multiple><option>a</select>", {}),
    "textarea": ("<textarea name=x>\nTwo\nlines</textarea>", {"x": "Two\nlines"}),
    "textarea: tags are text": ("<textarea name=x><b>tea</b> &lt;</textarea>", {"x": "<b>tea</b> <"}),
    "buttons are no fields": ("<button name=go value=1>Go</button><input type=submit name=s value=S>", {}),
    "file, reset, button are not sent": (
        "<input type=file name=f><input type=reset name=r><input type=button name=b>",
        {},
    ),
    "in a table": ("<table><tr><td><input name=tea value=x></td></tr></table>", {"tea": "x"}),
}


@pytest.mark.parametrize(("inside", "fields"), FIELDS.values(), ids=FIELDS)
def test_fields(inside: str, fields: dict[str, Any]) -> None:
    """HTML, "constructing the entry list"."""
    alice, _ = browser({SHOP + "/": html(f"<form>{inside}</form>")})

    assert alice.navigate(SHOP).forms[0].fields == fields


def test_a_control_may_name_its_form() -> None:
    """HTML, "form owner": the attribute `form`, from before and outside."""
    alice, _ = browser(
        {SHOP + "/": html("<input form=f name=a value=1><form id=f></form><form><input form=x name=b></form>")}
    )

    assert [form.fields for form in alice.navigate(SHOP).forms] == [{"a": "1"}, {}]


LOGIN = """<form name=login id=the-login action=/login method=post>
  <input type=hidden name=csrf value=abc><input name=name><input type=password name=password>
  <input type=checkbox name=stay value=yes>
  <button name=how value=password>Log in</button> <button name=how value=mail formaction=/mail>Mail me</button>
  <button name=cancel formmethod=get>Cancel</button>
</form>"""

# What is submitted → method, path and body
SUBMITTED = {
    "by name": ("login", {"name": "alice"}, "POST /login csrf=abc&name=alice&password=&how=password"),
    "by id": ("the-login", {"name": "alice"}, "POST /login csrf=abc&name=alice&password=&how=password"),
    "by the address it sends to": (
        SHOP + "/login",
        {"name": "a"},
        "POST /login csrf=abc&name=a&password=&how=password",
    ),
    "by a path": ("/login", {"name": "a"}, "POST /login csrf=abc&name=a&password=&how=password"),
    "a field that the page does not have": (
        "login",
        {"admin": "1"},
        "POST /login csrf=abc&name=&password=&admin=1&how=password",
    ),
    "a hidden field changed": ("login", {"csrf": "x"}, "POST /login csrf=x&name=&password=&how=password"),
    "a field left out": ("login", {"csrf": None}, "POST /login name=&password=&how=password"),
    "a tick": ("login", {"stay": True}, "POST /login csrf=abc&name=&password=&stay=yes&how=password"),
    "no tick": ("login", {"stay": False}, "POST /login csrf=abc&name=&password=&how=password"),
    "several values": ("login", {"name": ["a", "b"]}, "POST /login csrf=abc&name=a&name=b&password=&how=password"),
    "another button, with its own action": ("login", {"how": "mail"}, "POST /mail csrf=abc&name=&password=&how=mail"),
    "another button, with its own method": ("login", {"cancel": ""}, "GET /login?csrf=abc&name=&password=&cancel= "),
    "a number": ("login", {"name": 7}, "POST /login csrf=abc&name=7&password=&how=password"),
}


@pytest.mark.parametrize(("form", "fields", "expected"), SUBMITTED.values(), ids=SUBMITTED)
def test_submit(form: str, fields: dict[str, Any], expected: str) -> None:
    """HTML, "form submission algorithm" and "implicit submission": the Enter key presses the first button."""
    alice, sites = browser({SHOP + "/": html(LOGIN)})
    alice.navigate(SHOP)

    alice.submit(form, **fields)

    sent = sites.last
    assert f"{sent.method} {sent.url.removeprefix(SHOP)} {sent.body.decode()}" == expected


def test_a_form_can_be_filled_in_before() -> None:
    alice, sites = browser({SHOP + "/": html(LOGIN)})
    form = alice.navigate(SHOP).forms[0]

    form.fields["name"] = "alice"
    alice.submit(form)

    assert b"name=alice" in sites.last.body


def test_names_that_python_uses_are_fields_too() -> None:
    alice, sites = browser()

    alice.submit(SHOP + "/x", form="1", self="2")

    assert sites.last.body == b"form=1&self=2"


GET_FORMS = {
    "the query is replaced": (
        "<form action='/find?old=1'><input name=q value='green tea'></form>",
        "/find?q=green+tea",
    ),
    "an empty form empties it": ("<form action='/find?old=1'></form>", "/find"),
    "no action is this page": ("<form><input name=q value=1></form>", "/tea?q=1"),
    "an unknown method is GET": ("<form action=/find method=put><input name=q value=1></form>", "/find?q=1"),
    "a base counts": ("<base href=/shop/><form action=find><input name=q value=1></form>", "/shop/find?q=1"),
}


@pytest.mark.parametrize(("page", "expected"), GET_FORMS.values(), ids=GET_FORMS)
def test_get_form(page: str, expected: str) -> None:
    """HTML, "mutate action URL"."""
    alice, sites = browser({SHOP + "/tea": html(page)})
    alice.navigate(SHOP + "/tea?from=x")

    alice.submit(alice.page.forms[0])

    assert (sites.last.method, sites.last.url, sites.last.body) == ("GET", SHOP + expected, b"")
    assert header(sites.last, "Content-Type") is None


ENCODINGS = {
    "letters, digits and *-._ stay": ([("a*-._1", "Z")], "a*-._1=Z"),
    "a space is a plus": ([("a", "b c")], "a=b+c"),
    "a plus is escaped": ([("a", "b+c")], "a=b%2Bc"),
    "a tilde is escaped": ([("a", "~")], "a=%7E"),
    "an umlaut is UTF-8": ([("a", "ü")], "a=%C3%BC"),
    "& and = are escaped": ([("a&b", "c=d")], "a%26b=c%3Dd"),
    "line breaks are CR LF": ([("a", "1\n2\r3\r\n4")], "a=1%0D%0A2%0D%0A3%0D%0A4"),
    "nothing": ([], ""),
}


@pytest.mark.parametrize(("entries", "expected"), ENCODINGS.values(), ids=ENCODINGS)
def test_urlencoded(entries: list[tuple[str, str]], expected: str) -> None:
    """URL Standard, "application/x-www-form-urlencoded serializer"; HTML, "convert to a list of name-value pairs"."""
    assert encode(entries) == (expected.encode(), "application/x-www-form-urlencoded")


def test_text_plain_makes_a_form_write_json() -> None:
    """HTML, "text/plain encoding algorithm": nothing is escaped, so a stranger's form can look like JSON."""
    inside = """<input name='{"amount":3,"x":"' value='"}'>"""
    page = f"<form action={SHOP}/pay method=post enctype=text/plain>{inside}</form>"
    alice, sites = browser({MALLORY + "/": html(page)})

    alice.navigate(MALLORY)
    alice.submit(alice.page.forms[0])

    assert sites.last.body == b'{"amount":3,"x":"="}\r\n'
    assert header(sites.last, "Content-Type") == PLAIN


def test_multipart() -> None:
    """RFC 7578, as HTML's "multipart/form-data encoding algorithm" writes it."""
    body, kind = encode([('a"b', "1\n2")], MULTIPART)
    boundary = kind.partition("boundary=")[2]

    assert body.decode() == (
        f'--{boundary}\r\nContent-Disposition: form-data; name="a%22b"\r\n\r\n1\r\n2\r\n--{boundary}--\r\n'
    )


# The page that is open, from_ → who is taken to have sent the form
INITIATORS = {
    "no page: as if the site's own page held it": (None, None, SHOP, SHOP + "/"),
    "a page of the same origin": (SHOP + "/tea?x=1", None, SHOP, SHOP + "/tea?x=1"),
    "a page of another site: as if the site's own page held it": (IDP + "/", None, SHOP, SHOP + "/"),
    "a page of another site that has such a form": (MALLORY + "/", None, MALLORY, MALLORY + "/"),
    "from_ an origin": (SHOP + "/", IDP, IDP, IDP + "/"),
}


@pytest.mark.parametrize(("page", "from_", "origin", "referer"), INITIATORS.values(), ids=INITIATORS)
def test_who_sends_a_form_to_an_address(page: str | None, from_: str | None, origin: str, referer: str) -> None:
    alice, sites = browser(
        {MALLORY + "/": html(f"<form action={SHOP}/pay method=post><input name=amount value=9></form>")}
    )
    if page:
        alice.navigate(page)

    alice.submit(SHOP + "/pay", from_=from_, to="mallory")

    assert header(sites.last, "Origin") == origin
    assert header(sites.last, "Referer") == (referer if origin == SHOP else origin + "/")
    assert (b"amount=9" in sites.last.body) is (origin == MALLORY)


def test_a_stranger_does_not_know_the_hidden_fields() -> None:
    alice, sites = browser({SHOP + "/": html(LOGIN)})
    alice.navigate(SHOP)

    alice.submit(SHOP + "/login", from_=MALLORY, name="alice")

    assert sites.last.body == b"name=alice"


def test_a_form_of_an_older_page_comes_from_there() -> None:
    alice, sites = browser({MALLORY + "/": html(f"<form action={SHOP}/pay method=post></form>")})
    form = alice.navigate(MALLORY).forms[0]
    alice.navigate(SHOP)

    alice.submit(form)

    assert header(sites.last, "Origin") == MALLORY


def test_a_form_made_by_hand() -> None:
    alice, sites = browser()

    alice.submit(Form(SHOP + "/pay", "POST", fields={"amount": "3"}))

    assert (sites.last.method, sites.last.body) == ("POST", b"amount=3")


def test_a_form_that_is_not_there() -> None:
    alice, _ = browser({SHOP + "/": html(LOGIN)})

    with pytest.raises(BrowserError, match="shows no page yet"):
        alice.submit("login")
    alice.navigate(SHOP)
    with pytest.raises(BrowserError, match="no form named 'logout'. Its forms: 'login'"):
        alice.submit("logout")


def test_a_form_whose_action_is_script() -> None:
    alice, _ = browser({SHOP + "/": html("<form action='javascript:x()'></form>")})

    with pytest.raises(BrowserError, match="never runs the script"):
        alice.submit(alice.navigate(SHOP).forms[0])


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
