"""Leave the shop, and the provider.

What `leave` promises, by what is in the table afterwards, by where the browser goes, and by who is greeted then.
"""

import json
from collections import Counter
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.test import run_wsgi_app

from labsrv.grading import Answer, promise
from labsrv.labs.sso.attacks import click_on_log_in_after_her, keep_a_copy_of_the_cookie
from labsrv.labs.sso.people import is_logged_in, leave, log_in, on_page

PLACE = 8
DECIDES = ("leave",)

ENDPOINTS = {
    "an ordinary one": "https://{}.example/logout",
    "one with a port and a long path": "https://{}.example:8443/tenants/{}/oidc/logout",
    "one that ends with a slash": "https://{}.example/logout/",
    "one without a path": "https://{}.example",
}
# What an endpoint may have in its query: Discovery lets it have one.
QUERIES = {
    "one parameter": "?tenant={}",
    "two parameters": "?tenant={}&lang=de",
    "a parameter without a value": "?federated",
    "a parameter without a value, and one with": "?federated&tenant={}",
    "a parameter with an empty value": "?policy=",
    "one parameter twice": "?tenant={}&tenant=tea",
    "a parameter with signs in it": "?p=B2C%5F1%20%26%20{}%3D",
    "a parameter with an address in it": "?next=https%3A%2F%2F{}.example%2F%3Fa%3Db",
}
# Values that mean something in a query, if nobody sees to it.
SIGNS = {
    "an ampersand": "{}&admin=yes",
    "an equals sign": "{}=yes",
    "a plus": "{}+1",
    "a blank": "{} 1",
    "a percent sign": "{}%20%26",
    "a question mark": "{}?x",
    "a hash": "{}#top",
    "a slash": "{}/1",
    "another alphabet": "{}-чай-é",
    "a semicolon": "{};x=1",
    "quotes": "{}\"'<b>",
}


@pytest.fixture
def at(decision, process, lab, draw):
    """Somebody's session, and where a provider says that it ends."""
    return AtShop(decision, process, lab, draw)


class AtShop:
    """The shop's function with sessions of somebody's, by itself: there is nobody in the table then."""

    def __init__(self, decision, process, lab, draw):
        self.decision = decision
        self.process = process
        self.lab = lab
        self.draw = draw

    def row(self, **changes):
        """Return the row of a session, with everything drawn."""
        drawn = ("_id", "sub", "sid", "name", "access_token", "refresh_token", "id_token")
        known = {each: self.draw.word() for each in drawn}
        moments = {"began_at": self.lab.clock.now(), "until": self.lab.clock.now() + timedelta(hours=8)}
        return {"iss": f"https://{self.draw.word()}.example", **known, **moments, **changes}

    def way(self, **changes):
        """Return who the shop is, and where people come from and go to."""
        known = {
            "end_session_endpoint": f"https://{self.draw.word()}.example/logout",
            "client_id": self.draw.word(),
            "back_to": f"http://{self.draw.word()}.example/left",
        }
        return known | changes

    def address(self, session, way, what):
        """Return where the function sends the browser."""
        answer = self.decision.leave(self.decision.EMPTY_TABLE, session, way)
        assert isinstance(answer, Answer), f"{what}: there was no address ({answer})."
        assert isinstance(answer.value, str), f"{what}: the address is no text."
        return answer.value

    def asks(self, session, way, what):
        """Check that the function sends the browser to the endpoint, with everything that it has to ask for."""
        address = self.address(session, way, what)
        there, said = urlsplit(way["end_session_endpoint"]), urlsplit(address)
        place = (there.scheme, there.netloc, there.path or "/")
        assert (said.scheme, said.netloc, said.path or "/") == place, f"{what}: the browser goes to {short(address)}."
        assert not said.fragment, f"{what}: a part of what is asked comes after a #, and never gets there."
        sent = parse_qsl(said.query, keep_blank_values=True)
        wanted = {
            "id_token_hint": session["id_token"],
            "client_id": way["client_id"],
            "post_logout_redirect_uri": way["back_to"],
        }
        for name, value in wanted.items():
            values = [each for known, each in sent if known == name]
            assert values, f"{what}: there is no `{name}` in {short(address)}."
            assert values == [value], f"{what}: `{name}` is {short(', '.join(values))!r} there, not {short(value)!r}."
        return address, sent


def short(text):
    """Return a text as one can show it."""
    return text if len(text) < 80 else f"{text[:60]}…"


def alive(lab):
    """Return which sessions at the shop have not ended."""
    return {row["_id"] for row in lab.db.sessions.find() if row["until"] > lab.clock.now()}


def say_otherwise(lab, **changes):
    """Have Tea Identity say something else of itself; None leaves a part out."""
    host = lab.url("idp", "").partition("//")[2]
    _, app = lab.front.sites[host]

    def answer(environ, start):
        if environ["PATH_INFO"] != "/.well-known/openid-configuration":
            return app(environ, start)
        said = json.loads(b"".join(run_wsgi_app(app, environ)[0])) | changes
        body = json.dumps({name: each for name, each in said.items() if each is not None}).encode()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    lab.add_site("idp", answer, lab.sites["idp"].routes)


def is_back(page, shop):
    """Return whether somebody came back to the shop's page for that; a `state` may have come along."""
    return page.url.partition("?")[0] == shop.left and page.status == 200


def go(browser, shop):
    """Leave, and say that one means it where somebody asks."""
    page = leave(browser, shop)
    assert page.status < 500, f"Alice pressed “Leave”, and the answer is {page.status}."
    if on_page(browser, "logout"):
        browser.submit("logout", yes="yes")


def forget_the_provider(browser):
    """Let a browser forget the provider, which therefore has no login to end, and tells no application."""
    browser.jar.remove("__Host-idp-login")


@promise()
def test_alice_leaves(shop, alice, bob):
    """Alice leaves, and is not logged in at the shop any more; Bob is."""
    for browser in (alice, bob):
        log_in(browser, shop)
        assert is_logged_in(browser, shop), "Somebody logged in at the shop, and is not let in."
    go(alice, shop)

    assert not is_logged_in(alice, shop), "Alice left, and is still logged in at the shop."
    assert is_logged_in(bob, shop), "Alice left, and Bob is logged out."


@promise()
def test_alice_comes_back(shop, alice):
    """Alice, who has left, logs in again, and leaves again."""
    for _ in range(2):
        log_in(alice, shop)
        assert is_logged_in(alice, shop), "Alice, who has left before, logged in, and is not let in."
        go(alice, shop)
        assert not is_logged_in(alice, shop), "Alice left, and is still logged in at the shop."


@promise(
    points=2,
    after=test_alice_leaves,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "`attacks.keep_a_copy_of_the_cookie(lab)`: what does the shop look at to know whose a cookie is?",
        "The browser has lost its cookie. What is in `sessions` of it, after your function?",
    ],
)
def test_the_session_ends_in_the_table(lab, shop, alice):
    """When Alice leaves, her session ends in the table: a copy of her cookie is worth nothing."""
    for known_there in (True, False):
        before = alive(lab)
        log_in(alice, shop)
        (hers,) = alive(lab) - before
        if not known_there:
            forget_the_provider(alice)
        leave(alice, shop)
        assert hers not in alive(lab), "Alice left, and the session of this browser goes on in the table."

    outcome = keep_a_copy_of_the_cookie(lab)
    assert not outcome, f"Mallory has a copy of Alice's cookie: {outcome.story}"


@promise(
    points=2,
    after=test_the_session_ends_in_the_table,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "Alice has a phone, where she stays logged in. What is in its row that is not in this one?",
        "By what does one find one row, and only that?",
    ],
)
def test_no_other_session_ends(lab, shop, alice, bob, at):
    """No other session ends by it: neither another one of Alice's, nor anybody else's that is like hers."""
    log_in(bob, shop)
    log_in(alice, shop)
    for _ in range(2):
        known = lab.db.sessions.find({"name": alice.person.name.title()})
        (hers,) = [row for row in known if row["_id"] in alive(lab)]
        others = {
            "of the same login": at.row(**{each: hers[each] for each in ("iss", "sub", "sid", "name")}),
            "of another login of hers": at.row(**{each: hers[each] for each in ("iss", "sub", "name")}),
            "of the same login, with the same tokens": {**hers, "_id": at.draw.word()},
            "of a login by the same name elsewhere": at.row(sid=hers["sid"]),
            "of somebody by the same name": at.row(name=hers["name"]),
            "that began at the same moment": at.row(began_at=hers["began_at"], until=hers["until"]),
            "whose number begins like hers": at.row(_id=hers["_id"][:-1]),
            "whose number is hers in capitals": at.row(_id=hers["_id"].upper() + "-"),
        }
        # Some are before hers in the table, and some behind.
        lab.db.sessions.delete_many({"_id": hers["_id"]})
        lab.db.sessions.insert_many(at.draw.sample([*others.values(), hers], len(others) + 1))
        forget_the_provider(alice)
        leave(alice, shop)
        left = alive(lab)
        assert hers["_id"] not in left, "Alice left, and the session of this browser goes on in the table."
        for which, row in others.items():
            assert row["_id"] in left, f"Alice left, and another session ended: one {which}."
        lab.db.sessions.delete_many({"_id": {"$in": [row["_id"] for row in others.values()]}})
        log_in(alice, shop)

    assert is_logged_in(bob, shop), "Alice left, and Bob is logged out."


@promise(
    points=2,
    after=test_alice_leaves,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "`attacks.click_on_log_in_after_her(lab)`: who still knew Alice?",
        "`way` has the provider's `end_session_endpoint`. Who has to go there, the shop or Alice's browser?",
        "Where the provider does not know who wants to leave, it asks. What does the shop have by which it knows?",
    ],
)
def test_the_login_at_the_provider_ends(lab, shop, alice):
    """After Alice has left, the provider knows her no more, has not asked her whether she means it, and whoever presses
    "Log in" is asked who it is.
    """
    for hours in (0, 7):
        log_in(alice, shop)
        log_in(alice, lab.hr)
        lab.clock.advance(hours=hours)
        page = leave(alice, shop)
        assert not on_page(alice, "logout"), "Alice left, and the provider asked her whether she really means it."
        assert is_back(page, shop), f"Alice left, and came to {short(page.url)}, not back to the shop."
        assert not lab.db.idp_logins.find(), "Alice left the shop, and her login at the provider goes on."
        assert not is_logged_in(alice, lab.hr), "Alice left the shop, and is still logged in at Tea HR."
        alice.navigate(shop.login)
        assert on_page(alice, "login"), "Alice left, somebody pressed “Log in” at her computer, and nobody was asked."

    outcome = click_on_log_in_after_her(lab)
    assert not outcome, f"Somebody sat down where Alice had been: {outcome.story}"


@promise(
    points=2,
    after=test_the_login_at_the_provider_ends,
    asvs="7.4.1",
    cwe=116,
    hints=[
        "What is an ampersand in an address, and what is it in a name? Which function of the library sees to that?",
        "An address is in the history, and in the logs of proxies. What of the session's row has to be there?",
        "Take your address apart with `urllib.parse.parse_qsl`: is each value the one that you put in?",
    ],
)
def test_everything_is_asked_and_nothing_told(at):
    """The address is the endpoint's with hint, client and way back, each whole, and without what opens a door."""
    for which, endpoint in ENDPOINTS.items():
        way = at.way(end_session_endpoint=endpoint.format(at.draw.word(), at.draw.word()))
        at.asks(at.row(), way, f"The endpoint is {which}")
    for sign, form in SIGNS.items():
        value = form.format(at.draw.word())
        back = f"http://{at.draw.word()}.example/left?place={value}"
        session, way = at.row(id_token=value), at.way(client_id=value[::-1], back_to=back)
        at.asks(session, way, f"There is {sign} in the values")

    session = at.row()
    address, sent = at.asks(session, at.way(), "A session")
    shown = address + "".join(value for _, value in sent)
    for name in ("access_token", "refresh_token", "_id"):
        assert session[name] not in shown, f"The session's `{name}` is in the address."


@promise(
    points=1,
    after=test_the_login_at_the_provider_ends,
    asvs="7.4.1",
    cwe=116,
    hints=[
        "An endpoint may be https://login.example/logout?federated. What comes after it then, a ? or an &?",
        "If you take the query apart: what does your function make of a parameter without a value?",
    ],
)
def test_an_endpoint_may_have_a_query(at, lab, shop, alice):
    """An endpoint that has a query already keeps it, with all that is in it."""
    for which, query in QUERIES.items():
        endpoint = f"https://{at.draw.word()}.example/logout{query.format(at.draw.word())}"
        own = Counter(parse_qsl(urlsplit(endpoint).query, keep_blank_values=True))
        _, sent = at.asks(at.row(), at.way(end_session_endpoint=endpoint), f"The endpoint has {which}")
        assert not own - Counter(sent), f"The endpoint has {which}, and it is not there any more: {short(str(sent))}."
        names = Counter(name for name, _ in sent)
        twice = [name for name, many in names.items() if many > sum(own[each] for each in own if each[0] == name) + 1]
        assert not twice, f"The endpoint has {which}, and `{', '.join(twice)}` came to be there twice."

    say_otherwise(lab, end_session_endpoint=lab.url("idp", "/oidc/logout?federated&tenant=tea"))
    log_in(alice, shop)
    page = leave(alice, shop)
    assert is_back(page, shop) and not lab.db.idp_logins.find(), "The endpoint has a query, and the login goes on."


@promise(
    points=1,
    after=test_the_session_ends_in_the_table,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "Not every provider has an end for its logins. What can the shop still do?",
        "Is the address that you make of None one?",
    ],
)
def test_a_provider_may_have_no_such_endpoint(at, lab, shop, alice, draw):
    """Where the provider has no such endpoint, the session ends all the same, and the browser goes to `back_to`."""
    for path in ("/left", f"/left?place={draw.word()}&x=%20", "/"):
        back = f"http://{draw.word()}.example{path}"
        address = at.address(at.row(), at.way(end_session_endpoint=None, back_to=back), "There is no endpoint")
        assert address == back, f"There is no endpoint, and the browser goes to {short(address)}."

    say_otherwise(lab, end_session_endpoint=None)
    log_in(alice, shop)
    page = leave(alice, shop)
    assert is_back(page, shop), f"There is no endpoint, and Alice came to {short(page.url)}."
    assert not alive(lab), "There is no endpoint, and Alice's session goes on in the table."
