"""Ask everybody to log in, unless a page is public.

What `may_pass` promises about every route of the shop, those included that are added later.
"""

from dataclasses import replace
from itertools import cycle
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from labsrv.grading import promise
from labsrv.labs.sessions.people import is_logged_in, log_in, log_out, put_in_basket, session_cookie

PLACE = 7
DECIDES = ("may_pass",)

PUBLIC = {"home", "basket", "login", "check_login", "logout", "static"}

# What a stranger may write into a request, so as to pass for somebody or something else. `?` stands for a name.
CLAIMS = {
    "a user's name in the address": {"query": {"userId": "?", "user": "?", "next": "/account"}},
    "the login's address in the address": {"query": {"next": "/login", "endpoint": "login", "path": "/login"}},
    "another method in the address": {"query": {"_method": "OPTIONS", "public": "true"}},
    "a user's name in headers": {"headers": {"X-User-Id": "?", "X-User": "?", "X-Remote-User": "?"}},
    "a user's name, as a proxy gives it": {"headers": {"X-Forwarded-User": "?", "X-Auth-Request-User": "?"}},
    "the word of an internal service": {"headers": {"X-Internal": "true", "X-Admin": "1", "X-Debug": "true"}},
    "another address in headers": {"headers": {"X-Original-URL": "/login", "X-Rewrite-URL": "/"}},
    "another address, as a proxy gives it": {"headers": {"X-Original-URI": "/login", "X-Forwarded-Uri": "/login"}},
    "a part of an address in headers": {"headers": {"X-Forwarded-Prefix": "/login", "X-Forwarded-Path": "/"}},
    "another method in headers": {"headers": {"X-HTTP-Method-Override": "OPTIONS", "X-Method-Override": "HEAD"}},
    "an address from inside": {"headers": {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}},
    "a host from inside": {"headers": {"X-Forwarded-Host": "localhost", "Forwarded": "for=127.0.0.1;host=localhost"}},
    "a token": {"headers": {"Authorization": "Bearer ?"}},
    "a name and a password": {"headers": {"Authorization": "Basic YWxpY2U6YWxpY2U="}},
    "that it is script": {"headers": {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}},
    "a cookie of her own": {"cookies": {"user": "?", "userId": "?", "logged_in": "true", "role": "admin"}},
    "a language and a type": {"headers": {"Content-Type": "application/json", "Accept-Language": "?"}},
}

# Other ways to write the address of a page: the shop may know them or not, and opens none to strangers.
SPELLINGS = {
    "two slashes": "/{path}",
    "a slash at the end": "{path}/",
    "capital letters": "{PATH}",
    "an encoded slash": "/%2f{rest}",
    "a way round": "/login/..{path}",
    "a way round, encoded": "/static/%2e%2e{path}",
    "a way round, half of it encoded": "/static/..%2f{rest}",
    "a dot": "/.{path}",
    "a semicolon": "{path};/login",
    "an encoded blank": "{path}%20",
}

# What a page that is added may be called, and where it may be: a part of the name or address says nothing.
ADDED_NAMES = ("home_{}", "basket_{}", "static_{}", "check_login_{}", "{}_home", "{}_basket", "{}_login", "{}_logout")
ADDED_NAMES += ("{}_static", "{}.login")
ADDED_PATHS = ("/{}", "/{}/page", "/{}/login", "/{}/static/page", "/login-{}", "/basket/{}", "/logout-{}", "/static-{}")
ADDED_PATHS += ("/api/{}", "/api/{}/login")


@pytest.fixture
def strangers(lab, shop, browser, mallory, draw):
    """Three who are not logged in, in any order: two without a session, and one whose session has a basket."""
    found = [browser, mallory, lab.browser("a stranger with a basket")]
    put_in_basket(found[2], shop, draw.word())
    draw.shuffle(found)
    return found


@pytest.fixture
def added_paths(process, draw):
    """The paths of pages that somebody adds to the shop for this check, two of them for the app."""
    paths = [path.format(draw.word()) for path in ADDED_PATHS]
    names = [name.format(draw.word().replace("-", "_")) for name in ADDED_NAMES]
    draw.shuffle(names)
    for path, name in zip(paths, names, strict=True):
        process.add_page(path, name)
    return draw.sample(paths, len(paths))


def ask(browser, shop, method, path, **more):
    """Send a request as script of the login page could, and return the first answer."""
    return browser.fetch(shop.origin + path, method=method, from_=shop.login, **more).exchanges[0]


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
def test_alice_logs_in_and_goes_everywhere(shop, added_paths, alice, bob, carol, draw):
    """Whoever logs in, a customer or Carol from HR, sees their account, their orders, and pages that somebody added."""
    people = [alice, bob, carol]
    draw.shuffle(people)
    for person in people:
        log_in(person, shop)
        assert is_logged_in(person, shop), f"{person.name} typed the right password and does not see their account."

        orders = ask(person, shop, "GET", "/api/orders")
        assert orders.status == 200, f"{person.name} is logged in, asked for their orders, and got {orders.status}."

    routes = [(method, path) for method, path in guarded(shop) if path != "/logout/everywhere"]
    for person, (method, path) in zip(cycle(people), routes, strict=False):
        answer = ask(person, shop, method, path)
        let_in = answer.status < 500 and not (answer.response_header("Location") or "").startswith("/login")
        assert let_in, f"{person.name} is logged in, and asked to log in at {method} {path}."
    for person, path in zip(cycle(people), added_paths, strict=False):
        page = ask(person, shop, "GET", path)
        assert b"somebody added" in page.response_body, f"{person.name} is logged in and does not see {path}."


@promise(
    points=2,
    after=test_alice_logs_in_and_goes_everywhere,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "Type the addresses in the table at the top of labsrv/labs/sessions/site.py as a stranger. Which ones open?",
        "Which list is shorter and changes less often: the guarded pages, or the public ones?",
        "`request.endpoint` is the name of the route, as it stands in the table, or None for no route.",
    ],
)
def test_every_page_asks_strangers_to_log_in(shop, alice, strangers, draw):
    """Every page that is not public sends a stranger to the login, and from there back, whoever else is logged in."""
    log_in(alice, shop)
    pages = [each for each in guarded(shop) if each[0] == "GET" and not each[1].startswith("/api/")]
    for each, (method, path) in zip(cycle(strangers), draw.sample(pages, len(pages)), strict=False):
        must_log_in(ask(each, shop, method, path), method, path)


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
def test_a_page_added_tomorrow_is_closed(shop, added_paths, alice, strangers):
    """A page that somebody adds to the shop, whatever it is called, sends a stranger to the login as well."""
    log_in(alice, shop)
    for each, path in zip(cycle(strangers), added_paths, strict=False):
        exchange = ask(each, shop, "GET", path)
        assert b"somebody added" not in exchange.response_body, f"A stranger reads {path}, which somebody added."
        if path.startswith("/api/"):
            assert exchange.status == 401, f"A stranger asked for {path}, and got {exchange.status}."
        else:
            must_log_in(exchange, "GET", path)


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
def test_every_method_asks_strangers_to_log_in(lab, shop, strangers, draw):
    """So does every other method of a guarded route, and nothing is changed."""
    routes = [each for each in guarded(shop) if each[0] != "GET" and not each[1].startswith("/api/")]
    for each, (method, path) in zip(cycle(strangers), draw.sample(routes, len(routes)), strict=False):
        must_log_in(ask(each, shop, method, path), method, path)

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
def test_the_api_refuses_strangers(shop, strangers):
    """Below /api/ a stranger gets a 401 in JSON, and no data."""
    for method, path in guarded(shop, "/api/"):
        for each in strangers:
            exchange = ask(each, shop, method, path)
            kind = (exchange.response_header("Content-Type") or "").split(";")[0]
            assert exchange.status == 401, f"A stranger asked for {method} {path} and got {exchange.status}."
            assert kind == "application/json", (
                f"A stranger asked for {method} {path}, was let in, and refused by the page itself only."
            )
            assert b"oolong" not in exchange.response_body, f"A stranger reads the orders at {path}."


@promise(
    points=1,
    after=test_a_page_added_tomorrow_is_closed,
    asvs="8.3.1",
    cwe=425,
    hints=[
        "One page has many addresses and one route. Which of the two does your decision go by?",
        "`request.endpoint` is the name of the route, the same however the address was written.",
    ],
)
def test_no_other_spelling_opens_it(shop, added_path, strangers, draw):
    """However a stranger writes the address of a page, it stays closed."""
    for words, spelling in SPELLINGS.items():
        path = spelling.format(path=added_path, PATH=added_path.upper(), rest=added_path[1:])
        answers = draw.choice(strangers).fetch(shop.origin + path, from_=shop.url).exchanges

        read = b"".join(each.response_body for each in answers)
        assert b"somebody added" not in read, f"A stranger reads {added_path}, written {path} ({words})."
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
def test_saying_that_one_is_alice_opens_nothing(shop, alice, strangers, draw):
    """A stranger who says that she is Alice, or nobody to worry about, is asked to log in like any other."""
    log_in(alice, shop)
    for words, claim in draw.sample(list(CLAIMS.items()), len(CLAIMS)):
        query, headers, cookies = (
            {name: value.replace("?", alice.person.name) for name, value in claim.get(place, {}).items()}
            for place in ("query", "headers", "cookies")
        )
        path = "/invoices" + (f"?{urlencode(query)}" if query else "")
        stranger = draw.choice(strangers)
        for name, value in cookies.items():
            stranger.jar.put(replace(session_cookie(alice, shop), name=name, value=value))
        exchange = ask(stranger, shop, "GET", path, headers=headers)

        assert b"invoice-" not in exchange.response_body, f"A stranger reads the invoices, who sent {words}."
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
def test_a_cookie_alone_opens_nothing(lab, shop, alice, carol, mallory, added_path):
    """A closed account is out at once, and a cookie that the shop never issued opens nothing."""
    log_in(carol, shop)
    log_in(alice, shop)
    mallory.jar.put(replace(session_cookie(alice, shop), value="made-up-by-mallory"))
    must_log_in(ask(mallory, shop, "GET", added_path), "GET", added_path)

    for who in (carol, alice):
        status = ask(who, shop, "GET", added_path).status
        assert status == 200, f"{who.name} is logged in, and is answered {status} at {added_path}."
        lab.db.users.update_one({"_id": who.person.name}, {"$set": {"disabled": True}})
        must_log_in(ask(who, shop, "GET", added_path), "GET", added_path)
