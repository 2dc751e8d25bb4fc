"""Ask everybody to log in, unless a page is public.

What `may_pass` promises about every route of the shop, those included that are added later.
"""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from labsrv.grading import promise
from labsrv.labs.sessions.people import is_logged_in, log_in, log_out, put_in_basket, session_cookie

PLACE = 7
DECIDES = ("may_pass",)

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}

# Who says of themselves that they are Alice, in which place.
CLAIMS = {
    "in the address": lambda name: {"query": f"?userId={name}&user={name}"},
    "in a header": lambda name: {"headers": {"X-User-Id": name, "X-Forwarded-User": name, "X-Internal": "true"}},
    "with a token": lambda name: {"headers": {"Authorization": f"Bearer {name}"}},
    "with the login's name in the query": lambda name: {"query": "?next=/login"},
}

# Other ways to write the address of the invoices: the shop may know them or not, and opens none to strangers.
SPELLINGS = {
    "two slashes": "//invoices",
    "a slash at the end": "/invoices/",
    "capital letters": "/INVOICES",
    "an encoded letter": "/%69nvoices",
    "a way round": "/login/../invoices",
}


def ask(browser, shop, method, path, **more):
    """Send a request as script of the shop could, and return the first answer."""
    return browser.fetch(shop.origin + path, method=method, from_=shop.url, **more).exchanges[0]


def guarded(shop, prefix="/"):
    """Return (method, path) of every guarded route below a prefix, as often as it has methods."""
    rules = [rule for rule in shop.routes.iter_rules() if rule.endpoint not in PUBLIC and rule.rule.startswith(prefix)]
    return [(method, rule.rule) for rule in rules for method in sorted(rule.methods - {"OPTIONS"})]


def must_log_in(exchange, method, path):
    """Check that the answer sends a stranger to the login, from where a GET comes back to this page."""
    sent_to = urlsplit(exchange.response_header("Location") or "")
    assert exchange.status == 303, f"A stranger asked for {method} {path} and got {exchange.status}, not the login."
    assert sent_to.path == "/login", f"A stranger asked for {method} {path} and was sent to {sent_to.path}."
    if method == "GET":
        assert parse_qs(sent_to.query).get("next") == [path], f"The login does not lead back to {path}."


@promise()
def test_strangers_shop(shop, browser, draw):
    """Whoever is not logged in sees the teas, fills a basket, sees the login, and may log out."""
    tea = draw.word()
    put_in_basket(browser, shop, tea)
    assert browser.page.url == shop.url and browser.sees(tea), "A stranger can't fill a basket."

    page = browser.navigate(shop.login)
    assert page.url == shop.login and page.status == 200, "A stranger does not see the login."

    assert log_out(browser, shop).url == shop.url, "A stranger who logs out does not arrive at the front page."


@promise()
def test_alice_logs_in_and_goes_everywhere(shop, alice, added_path):
    """Alice logs in, and sees her account, her orders, and a page that somebody added."""
    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice typed the right password and does not see her account."

    orders = ask(alice, shop, "GET", "/api/orders")
    assert orders.status == 200, f"Alice asked for her orders and got {orders.status}."

    page = alice.navigate(shop.origin + added_path)
    assert page.sees("A page that somebody added."), "Alice is logged in and does not see a page that was added."


@promise(
    points=2,
    after=test_alice_logs_in_and_goes_everywhere,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "Type the addresses in the table at the top of labsrv/labs/sessions/site.py as a stranger. Which ones open?",
        "Which list is shorter and changes less often: the guarded pages, or the public ones?",
        "Read about `request.endpoint` in Flask's documentation, and ASVS 8.3.1.",
    ],
)
def test_every_page_asks_strangers_to_log_in(shop, mallory):
    """Every page that is not public sends a stranger to the login, and from there back."""
    for method, path in guarded(shop):
        if method == "GET" and not path.startswith("/api/"):
            must_log_in(ask(mallory, shop, method, path), method, path)


@promise(
    points=2,
    after=test_alice_logs_in_and_goes_everywhere,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "What does your decision say about a page that it has never heard of?",
        "Compare: `open unless listed`, and `closed unless listed`.",
    ],
)
def test_a_page_added_tomorrow_is_closed(shop, mallory, added_path):
    """A page that somebody adds to the shop sends a stranger to the login as well."""
    exchange = ask(mallory, shop, "GET", added_path)

    assert b"somebody added" not in exchange.response_body, "A stranger reads a page that somebody added."
    must_log_in(exchange, "GET", added_path)


@promise(
    points=1,
    after=test_every_page_asks_strangers_to_log_in,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "A page is not only read. Which methods do the guarded routes have?",
        "Compare what `GET` and `POST` to the same address get. Does your decision ask about the method?",
    ],
)
def test_every_method_asks_strangers_to_log_in(lab, shop, mallory):
    """So does every other method of a guarded route, and nothing is changed."""
    for method, path in guarded(shop):
        if method != "GET" and not path.startswith("/api/"):
            must_log_in(ask(mallory, shop, method, path), method, path)

    assert not lab.db.addresses.count_documents({}), "A stranger changed an address."


@promise(
    points=1,
    after=test_alice_logs_in_and_goes_everywhere,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "Ask for `/api/orders` as a stranger. Who answered: the shop's guard, or the page itself?",
        "`request.path` begins with `/api/` there. Does your decision treat it like any other page?",
    ],
)
def test_the_api_refuses_strangers(shop, mallory):
    """Below /api/ a stranger gets a 401 in JSON, and no data."""
    for method, path in guarded(shop, "/api/"):
        exchange = ask(mallory, shop, method, path)
        kind = (exchange.response_header("Content-Type") or "").split(";")[0]
        assert exchange.status == 401, f"A stranger asked for {method} {path} and got {exchange.status}."
        assert kind == "application/json", (
            f"A stranger asked for {method} {path}, and it was not the guard who answered."
        )
        assert b"oolong" not in exchange.response_body, f"A stranger reads the orders at {path}."


@promise(
    points=1,
    after=test_every_page_asks_strangers_to_log_in,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "One page has many addresses and one route. Which of the two does your decision go by?",
        "Read in Flask's documentation what `request.endpoint` is.",
    ],
)
@pytest.mark.parametrize("path", SPELLINGS.values(), ids=SPELLINGS)
def test_no_other_spelling_opens_it(shop, mallory, path):
    """However a stranger writes the address of a page, it stays closed."""
    answers = mallory.fetch(shop.origin + path, from_=shop.url).exchanges

    assert all(b"invoice-" not in each.response_body for each in answers), f"A stranger reads the invoices at {path}."
    assert answers[-1].status < 500, f"The shop broke when a stranger asked for {path}."


@promise(
    points=1,
    after=test_every_page_asks_strangers_to_log_in,
    asvs="8.3.1",
    cwe=639,
    hints=[
        "What of the request could Mallory have written herself? What could she not?",
        "Of the two arguments, the shop has worked out one by itself. Which?",
    ],
)
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_saying_that_one_is_alice_opens_nothing(shop, alice, mallory, claim):
    """A stranger who says that she is Alice is asked to log in like any other."""
    said = dict(claim(alice.person.name))
    path = "/invoices" + said.pop("query", "")
    exchange = ask(mallory, shop, "GET", path, **said)

    assert b"invoice-" not in exchange.response_body, "A stranger said that she was Alice and reads the invoices."
    must_log_in(exchange, "GET", path)


@promise(
    points=1,
    after=test_a_page_added_tomorrow_is_closed,
    asvs="7.4.2",
    cwe=613,
    hints=[
        "A cookie is there, and nobody stands behind it. Which argument tells you that?",
        "The shop passes `user` as None for a closed account. Does your decision look at `user`?",
    ],
)
def test_a_cookie_alone_opens_nothing(lab, shop, alice, mallory, added_path):
    """A closed account is out at once, and a cookie that the shop never issued opens nothing."""
    log_in(alice, shop)
    mallory.jar.put(replace(session_cookie(alice, shop), value="made-up-by-mallory"))
    must_log_in(ask(mallory, shop, "GET", added_path), "GET", added_path)

    lab.db.users.update_one({"_id": alice.person.name}, {"$set": {"disabled": True}})
    must_log_in(ask(alice, shop, "GET", added_path), "GET", added_path)
