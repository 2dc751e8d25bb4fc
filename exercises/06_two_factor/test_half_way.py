"""Half way is not logged in.

What `may_pass` and `who_enters` promise: every route of the shop, in every state of a visitor.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.labs.two_factor.people import first_step, fresh_code, in_account, is_logged_in, log_in, second_step

PLACE = 6
DECIDES = ("may_pass", "who_enters")

OPEN = {
    *("home", "login", "check_login", "logout", "static"),
    *("mail", "send_mail", "open_mail", "use_mail", "api_token"),
}
SECOND_STEP = {"second", "check_second", "text_me"}
SET_UP = {"new_app", "confirm_app", "remove_app", "new_codes", "confirm", "check_confirm"}

FIELDS = {
    "as the form has it": lambda name: {"name": name},
    "under other names": lambda name: {"user": name, "username": name, "user_id": name, "who": name},
    "in the address as well": lambda name: {"name": name, "next": f"/account?name={name}"},
}


def ask(browser, shop, method, path):
    """Send a request as script of the shop could, and return the first answer."""
    return browser.fetch(shop.origin + path, method=method, from_=shop.url).exchanges[0]


def routes(shop, wanted):
    """Return (method, path) of every route whose name is wanted, as often as it has methods."""
    rules = [rule for rule in shop.routes.iter_rules() if wanted(rule.endpoint) and not rule.arguments]
    return [(method, rule.rule) for rule in rules for method in sorted(rule.methods - {"OPTIONS", "HEAD"})]


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


@promise()
def test_alice_makes_both_steps_and_goes_everywhere(shop, alice, added_path):
    """Alice makes both steps, sees her account, and a page that somebody added."""
    type_password(alice, shop)
    second_step(alice, shop, fresh_code(alice, shop))
    assert is_logged_in(alice, shop), "Alice made both steps, and does not see her account."
    page = alice.navigate(shop.origin + added_path)
    assert page.sees("A page that somebody added."), "Alice is logged in, and does not see a page that was added."


@promise()
def test_half_way_one_may_make_the_second_step(lab, shop, alice):
    """With the first step made, Alice sees the second one, and may ask for a text message."""
    type_password(alice, shop)
    assert alice.navigate(shop.second).url == shop.second, "Alice typed her password, and can't make the second step."
    alice.submit(shop.text_me)
    assert lab.sms.inbox(alice), "Alice asked for a text message, and none was sent."


@promise()
def test_strangers_look_around(shop, browser):
    """Strangers see the teas, the login, and the page for links by mail."""
    for url in (shop.url, shop.login, shop.mail):
        page = browser.navigate(url)
        assert page.url == url and page.status == 200, f"A stranger does not see {url}."


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
def test_a_page_added_tomorrow_needs_both(shop, mallory, alice, added_path):
    """A page that somebody adds tomorrow opens to nobody who is half way."""
    first_step(mallory, shop, as_=alice)
    turned_away(ask(mallory, shop, "GET", added_path), "/login/second", "GET", added_path)


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
@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_nobody_becomes_somebody_else(shop, mallory, alice, fields):
    """Mallory, who makes both steps as herself, is in her own account, whatever name the second form has."""
    first_step(mallory, shop)
    page = second_step(mallory, shop, fresh_code(mallory, shop), **fields(alice.person.name))

    assert not page.sees(f"Hello, {alice.person.name}."), "Mallory's own code opened Alice's account."
    assert in_account(page, shop, mallory.person.name), "Mallory typed her own code, and is not in her account."
