"""Go on within the shop only.

What `safe_next` promises: first as a function, then through the login. Browsers follow the URL Standard when they read
an address, and that is kinder to Mallory than one would think.
"""

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.sessions.people import is_logged_in, log_in

PLACE = 8
DECIDES = ("safe_next",)

PAGES_OF_THE_SHOP = {
    "a page": "/account",
    "a page with query and fragment": "/account?tab=2#cards",
    "two slashes in the query": "/account?from=//shelf",
    "an address in the query": "/account?from=http://shop.example/",
    "two slashes further on": "/account//payment",
    "letters of other alphabets, encoded": "/tea/%E8%8C%B6",
    "the front page": "/",
}

OTHER_HOSTS = {
    "another site": "http://evil.example/login",
    "another site, encrypted": "https://evil.example/login",
    "no scheme, two slashes": "//evil.example/login",
    "three slashes": "///evil.example/login",
    "many slashes": "/////evil.example",
    "a scheme without slashes": "http:evil.example",
    "a scheme with one slash": "https:/evil.example",
    "the shop's name before another": "http://shop.localhost.evil.example/account",
    "the shop's name as a user's": "http://shop.localhost@evil.example/",
    "a user and no scheme": "//shop.localhost@evil.example/account",
    "capital letters": "HTTPS://EVIL.EXAMPLE",
    "two slashes, encoded": "%2f%2fevil.example",
}

OTHER_SCHEMES = {
    "script": "javascript:alert(1)",
    "script that looks like a path": "javascript:/account",
    "a page of data": "data:text/html,<h1>Log in</h1>",
    "a scheme of somebody's app": "teapot:/account",
}

REWRITTEN_BY_BROWSERS = {
    "a backslash for a slash": "/\\evil.example",
    "two backslashes": "\\\\evil.example",
    "a backslash, then a slash": "\\/evil.example",
    "a slash, a backslash, a slash": "/\\/evil.example",
    "a tab between the slashes": "/\t/evil.example",
    "a line break between the slashes": "/\n/evil.example",
    "a carriage return between the slashes": "/\r/evil.example",
    "a tab before them": "\t//evil.example",
    "a tab and a backslash": "/\t\\evil.example",
    "spaces before them": "  //evil.example",
    "a control character before them": "\x01//evil.example",
    "a tab inside a scheme": "java\tscript:alert(1)",
}


@promise()
@pytest.mark.parametrize("target", PAGES_OF_THE_SHOP.values(), ids=PAGES_OF_THE_SHOP)
def test_a_page_of_the_shop_stays_as_it_is(decision, target):
    """A path on this site is returned unchanged, with its query and its fragment."""
    answer = decision.safe_next(target)
    assert answer == Answer(target), f"{target!r} is a page of the shop, and became {answer}."


@promise()
@pytest.mark.parametrize("target", [None, ""], ids=["no next at all", "an empty next"])
def test_without_next_it_is_the_front_page(decision, target):
    """Who was going nowhere arrives at the front page."""
    answer = decision.safe_next(target)
    assert answer == Answer("/"), f"{target!r} is no page, and became {answer}."


@promise()
def test_alice_arrives_where_she_wanted_to_go(shop, alice):
    """Alice opens a page, is asked to log in, and then is on that page."""
    alice.navigate(shop.sessions)
    alice.submit("login", name=alice.person.name, password=alice.person.password)

    assert alice.page.url == shop.sessions, f"Alice wanted to see {shop.sessions} and is on {alice.page.url}."


@promise(
    points=2,
    after=test_a_page_of_the_shop_stays_as_it_is,
    asvs="3.7.2",
    cwe=601,
    hints=[
        "Where does a browser go that is on the shop's login and is told `//evil.example`?",
        "What do all paths on this site have, and what have they not? That is shorter than a list of what is bad.",
        "Read about `urlsplit` in Python's documentation, and RFC 3986, 4.2.",
    ],
)
@pytest.mark.parametrize("target", OTHER_HOSTS.values(), ids=OTHER_HOSTS)
def test_no_other_host(decision, target):
    """An address with another host becomes the front page."""
    answer = decision.safe_next(target)
    assert answer == Answer("/"), f"{target!r} is not a path on this site, and became {answer}."


@promise(
    points=1,
    after=test_a_page_of_the_shop_stays_as_it_is,
    asvs="3.7.2",
    cwe=601,
    hints=[
        "Not every address has a host. What comes before the first colon?",
        "Look at the row's name: which scheme is it, and what would a browser do with it?",
    ],
)
@pytest.mark.parametrize("target", OTHER_SCHEMES.values(), ids=OTHER_SCHEMES)
def test_no_other_scheme(decision, target):
    """An address that is for something else than http becomes the front page."""
    answer = decision.safe_next(target)
    assert answer == Answer("/"), f"{target!r} is not a path on this site, and became {answer}."


@promise(
    points=2,
    after=test_no_other_host,
    asvs="3.7.2",
    cwe=601,
    hints=[
        "Type an address with backslashes into a browser's address bar. Where does it go?",
        "Compare what `urlsplit` says of such an address with what the browser makes of it.",
        "Read the URL Standard, 4.4: what it removes before it looks, and what it reads a backslash as.",
    ],
)
@pytest.mark.parametrize("target", REWRITTEN_BY_BROWSERS.values(), ids=REWRITTEN_BY_BROWSERS)
def test_nothing_that_a_browser_reads_otherwise(decision, target):
    """What looks like a path, and is another address to a browser, becomes the front page."""
    answer = decision.safe_next(target)
    assert answer == Answer("/"), f"{target!r} is another site to a browser, and became {answer}."


@promise(
    points=1,
    after=test_alice_arrives_where_she_wanted_to_go,
    asvs="3.7.2",
    cwe=601,
    hints=[
        "Follow Mallory's link yourself: `log_in(lab.alice, lab.shop, next=lab.url('mallory', '/login'))`.",
        "What do the addresses of the shop and of Mallory's site have in common?",
    ],
)
def test_alice_does_not_end_up_at_mallorys(lab, shop, alice):
    """Alice, who follows Mallory's links to the login, is logged in and on the shop's front page."""
    trap = lab.url("mallory", "/login")
    for target in (trap, trap.removeprefix("http:")):
        page = log_in(alice, shop, next=target)
        assert page.url == shop.url, f"After the login Alice is on {page.url}."
        assert is_logged_in(alice, shop), "Alice followed a strange link to the login, and was not logged in."
