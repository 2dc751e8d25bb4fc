"""Half way is not logged in.

What `may_pass` and `who_enters` promise: every route of the shop, in every state of a visitor.
"""

import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from labsrv.grading import promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.labs.two_factor.people import (
    ask_by_mail,
    first_step,
    fresh_code,
    in_account,
    is_logged_in,
    log_in,
    log_out,
    second_step,
)
from labsrv.labs.two_factor.shop import SESSION

PLACE = 6
DECIDES = ("may_pass", "who_enters")

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}
SET_UP = {"new_app", "confirm_app", "remove_app", "new_codes", "confirm", "check_confirm"}

# Where a request may have another name, and what it may be called there.
NAMES = (
    *("user", "username", "user_name", "user_id", "userid", "uid", "id", "who", "login", "account", "owner"),
    *("customer", "sub", "as", "as_user", "email", "e-mail", "mail", "next"),
)
HEADERS = ("X-User", "X-User-Id", "X-Username", "X-Forwarded-User", "X-Remote-User", "Remote-User", "From")
PLACES = {
    "as the form has it": lambda name: {"body": {"name": name}},
    "in the form, under other names": lambda name: {"body": {"name": None} | dict.fromkeys(NAMES, name)},
    "as an address of mail": lambda name: {"body": dict.fromkeys(NAMES, f"{name}@post.localhost")},
    "in the address": lambda name: {"query": dict.fromkeys(("name", *NAMES), name)},
    "in headers": lambda name: {"headers": dict.fromkeys(HEADERS, name)},
    "in a cookie": lambda name: {"cookies": dict.fromkeys(("name", *NAMES), name)},
}


def ask(browser, shop, method, path, headers=None):
    """Send a request as script of the shop could, and return the first answer."""
    return browser.fetch(shop.origin + path, method=method, headers=headers, from_=shop.url).exchanges[0]


def routes(shop, wanted):
    """Return (method, path) of every route whose name is wanted, as often as it has methods."""
    rules = [rule for rule in shop.routes.iter_rules() if wanted(rule.endpoint) and not rule.arguments]
    return [(method, rule.rule) for rule in rules for method in sorted(rule.methods - {"OPTIONS"})]


def type_password(browser, shop):
    """Make the first step, and say so where the page for the second one sends people back to itself."""
    try:
        first_step(browser, shop)
    except BrowserError:
        raise AssertionError(
            "After the password the browser goes in a circle: may somebody who is half way see the second step's page?"
        ) from None


def turned_away(exchange, to, method, path):
    """Check that a visitor is sent to the step that is missing; an app is told."""
    who = "A stranger" if to == "/login" else "Somebody who is half way"
    if path.startswith("/api/"):
        got = f"was answered with {exchange.status}"
        assert exchange.status == 401, f"{who} asked for {method} {path}, and {got}, not with 401."
        return
    went = exchange.response_header("Location") or ""
    got = f"was sent to {went}" if went else f"was answered with {exchange.status}"
    assert exchange.status == 303 and went.endswith(to), (
        f"{who} asked for {method} {path}, and {got}, not sent to {to}."
    )


def second_step_naming(browser, shop, said):
    """Make the second step with one's own code, and a name in some place of the request; return the exchange."""
    for name, value in said.get("cookies", {}).items():
        browser.jar.put(replace(browser.jar.get(SESSION, shop.url), name=name, value=value))
    body = {"code": fresh_code(browser, shop), "kind": "app", "name": browser.person.name} | said.get("body", {})
    return browser.fetch(
        f"{shop.second}?{urlencode(said.get('query', {}))}",
        method="POST",
        headers=said.get("headers"),
        body={name: value for name, value in body.items() if value},
    ).exchanges[0]


@promise()
def test_alice_makes_both_steps_and_goes_everywhere(shop, alice, added_path):
    """Alice makes both steps, sees her account, and a page that somebody added."""
    type_password(alice, shop)
    second_step(alice, shop, fresh_code(alice, shop))
    assert is_logged_in(alice, shop), "Alice made both steps, and does not see her account."
    for method, path in [*routes(shop, lambda route: route not in OPEN | SECOND_STEP), ("GET", added_path)]:
        if method == "GET":
            status = ask(alice, shop, method, path).status
            assert status == 200, f"Alice made both steps, asked for {path}, and was answered with {status}."


@promise()
def test_known_devices_and_apps_are_let_in(shop, alice, browser):
    """On a device that the shop was to remember the password opens everything, as a token does for the app."""
    log_in(alice, shop, remember=True)
    log_out(alice, shop)
    assert in_account(first_step(alice, shop), shop, alice.person.name), (
        "The shop knows Alice's device and took her password for enough, and she does not see her account."
    )
    body = {"name": alice.person.name, "password": alice.person.password, "code": fresh_code(alice, shop)}
    answer = browser.fetch(shop.api_token, method="POST", body=body).exchange
    assert answer.status == 200, f"The app asked for a token with all that it takes, and got {answer.status}."
    token = json.loads(answer.response_body)["token"]
    app = ask(browser, shop, "GET", "/api/orders", {"Authorization": f"Bearer {token}"})
    assert app.status == 200, f"The app has its token, and its orders are answered with {app.status}."


@promise()
def test_half_way_one_may_make_the_second_step(lab, shop, alice):
    """With the first step made, Alice sees the second one, and may ask for a text message."""
    type_password(alice, shop)
    assert alice.navigate(shop.second).url == shop.second, "Alice typed her password, and can't make the second step."
    alice.submit(shop.text_me)
    assert lab.sms.inbox(alice), "Alice asked for a text message, and none was sent."


@promise()
def test_strangers_look_around(lab, shop, alice, browser, draw):
    """Strangers see the teas, the login, and the pages for links by mail; an address that is none harms nobody."""
    link = ask_by_mail(browser, shop, "link", as_=alice)
    for url in (shop.url, shop.login, shop.mail, link):
        page = browser.navigate(url)
        assert page.url == url and page.status == 200, f"A stranger does not see {url}."
    page = browser.submit(link)
    assert page.url == shop.second, f"Alice's link was used, and leads to {page.url}, not to the second step."
    picture = ask(lab.browser("stranger"), shop, "GET", "/static/none.css").status
    assert picture == 404, f"A stranger asked for a picture that is none, and was answered with {picture}."
    nowhere = ask(lab.browser("stranger"), shop, "GET", f"/{draw.word()}").status
    assert nowhere in (303, 404), f"A stranger asked for an address that is none, and was answered with {nowhere}."


@promise()
def test_bob_needs_no_second_step(shop, bob):
    """Bob, who has no app, logs in with his password, as himself."""
    log_in(bob, shop)
    assert is_logged_in(bob, shop), "Bob has no app, typed his password, and is not logged in."


@promise(
    points=3,
    after=test_alice_makes_both_steps_and_goes_everywhere,
    asvs="6.3.3",
    cwe=304,
    hints=[
        "Type the password, and then each address in the table of site.py. Which ones open?",
        "What does a visit say besides whose it is? Look at `Visit` in labsrv/kit/visits.py.",
        "Three states, three kinds of routes: draw the table with nine fields, and fill it in.",
    ],
)
def test_half_way_every_route_leads_to_the_second_step(lab, shop, mallory, alice):
    """With the first step alone every other route, by every method, leads to the second step, and changes nothing."""
    first_step(mallory, shop, as_=alice)
    before = lab.db.dump()
    for method, path in routes(shop, lambda route: route not in OPEN | SECOND_STEP | SET_UP):
        turned_away(ask(mallory, shop, method, path), "/login/second", method, path)
    assert lab.db.dump() == before, "With the first step alone something was changed."


@promise(
    points=2,
    after=test_half_way_every_route_leads_to_the_second_step,
    asvs="6.3.3",
    cwe=306,
    hints=[
        "Mallory has Alice's password and a phone of her own. What could she scan?",
        "Who needs the page with the QR code: those who log in, or those who are logged in?",
    ],
)
def test_half_way_nobody_sets_up_an_app(lab, shop, mallory, alice):
    """With the first step alone nobody sets up an app, removes one, draws codes, or confirms anything."""
    first_step(mallory, shop, as_=alice)
    before = lab.db.dump()
    for method, path in routes(shop, lambda route: route in SET_UP):
        turned_away(ask(mallory, shop, method, path), "/login/second", method, path)
    assert lab.db.dump() == before, "With the first step alone something was changed."


@promise(
    points=1,
    after=test_half_way_every_route_leads_to_the_second_step,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "What does your decision say about a page that it has never heard of?",
        "Compare: `closed if listed`, and `open if listed`.",
    ],
)
def test_a_page_added_tomorrow_needs_both(shop, process, mallory, alice, draw, added_path):
    """A page that somebody adds tomorrow opens to nobody who is half way, whatever it is called."""
    names = [f"{draw.word()}_{each}".replace("-", "_") for each in sorted(OPEN | SECOND_STEP)]
    for each in names:
        process.add_page(f"/{each}", each)
    paths = [added_path, *(f"/{each}" for each in names)]
    first_step(mallory, shop, as_=alice)
    for each in paths:
        turned_away(ask(mallory, shop, "GET", each), "/login/second", "GET", each)


@promise(
    points=1,
    after=test_half_way_every_route_leads_to_the_second_step,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "Who has made no step at all can't make the second.",
        "For which of your routes does it matter whether there is a visit?",
    ],
)
def test_strangers_are_sent_to_the_first_step(shop, mallory, added_path):
    """Whoever has made no step at all is sent to the first one, from everywhere."""
    for method, path in [*routes(shop, lambda route: route not in OPEN), ("GET", added_path)]:
        turned_away(ask(mallory, shop, method, path), "/login", method, path)


@promise(
    points=2,
    after=test_alice_makes_both_steps_and_goes_everywhere,
    asvs="6.3.3",
    cwe=639,
    hints=[
        "Which fields has the second form? Who filled in the one that nobody sees?",
        "Who made the first step? Where does the shop remember it, out of the visitor's reach?",
    ],
)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_nobody_becomes_somebody_else(shop, mallory, alice, place):
    """Mallory, who makes the second step, or makes it again, is in her own account or in none, whatever is said."""
    own = mallory.person.name
    first_step(mallory, shop)
    # Half way with each name, and once more when she is logged in and may show another code.
    for said in (alice.person.name, own.upper(), alice.person.name):
        answer = second_step_naming(mallory, shop, place(said))
        page = mallory.navigate(shop.account)
        assert not page.sees(f"Hello, {said}."), f"Mallory's own code opened the account of {said}."
        refused = 400 <= answer.status < 500
        assert refused or in_account(page, shop, own), (
            f"Mallory typed her own code, was answered with {answer.status}, and is not in her account."
        )
