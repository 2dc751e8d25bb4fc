"""Go on within the shop only.

What `safe_next` promises: first as a function, then through the login. Browsers follow the URL Standard when they read
an address, and that is kinder to Mallory than one would think.
"""

from urllib.parse import urlencode

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.addresses.urls import resolve, same_origin
from labsrv.labs.sessions.people import is_logged_in, log_in

PLACE = 8
DECIDES = ("safe_next",)

MANY = 40  # addresses of each kind, drawn for each run

# `{word}` stands for a word that is drawn.
PAGES_OF_THE_SHOP = {
    "a page": "/{word}",
    "a page with query and fragment": "/{word}?tab=2#cards",
    "two slashes in the query": "/account?from=//{word}",
    "an address in the query": "/account?from=http://{word}.example/",
    "a backslash's and a blank's code in the query": "/account?from=%5C{word}%20",
    "two slashes further on": "/account//{word}",
    "a colon and an @ further on": "/tea/{word}:green@home",
    "letters of other alphabets, encoded": "/tea/%E8%8C%B6-{word}",
    "the front page": "/",
}

# What a host may look like. Some are the shop's own to a careless eye.
HOSTS = (
    "{word}.example",
    "{WORD}.EXAMPLE",
    "{word}.example:8080",
    "shop.localhost.{word}.example",
    "shop.localhost@{word}.example",
    "shop.localhost:80@{word}.example",
    "{word}.shop.localhost",
    "localhost",
    "192.0.2.{number}",
    "[2001:db8::{number}]",
    "xn--{word}.example",
    "{word}\u3002example",
    "{word}\uff0eexample",
)
AFTER_HOSTS = ("", "/", "/account", "/login?q=session-expired", "?next=/account", "#/account", "/..//", "\\account")

# What a browser reads as the beginning of another host's address. Whoever looks for two slashes finds them in these.
PLAIN_BEGINNINGS = ("//", "///", "/////", "http://", "https://", "HTTPS://", "hTTp://", "ftp://", "https:/", "https:")
# In these, not: browsers read a backslash as a slash, drop tabs and line breaks, and what stands around an address.
STRANGE_BEGINNINGS = (
    "/\\",
    "\\\\",
    "\\/",
    "/\\/",
    "\\\\\\",
    "/\t/",
    "/\n/",
    "/\r/",
    "/\t\\",
    "/\r\n/",
    "\t//",
    "\n//",
    " //",
    "  /\\",
    "\x01//",
    "\x00/\\",
    "\x1f//",
    "ht\ntps://",
    "https:\\\\",
    "\thttps://",
    " http://",
)
SCHEMES = (
    "javascript:alert({number})",
    "JavaScript:/account",
    "javascript://account/%0aalert({number})",
    "java\tscript:alert({number})",
    " javascript:/account",
    "\x01javascript:/account",
    "vbscript:msgbox({number})",
    "data:text/html,<h1>{word}</h1>",
    "data:/account",
    "blob:http://shop.localhost/{word}",
    "file:///{word}",
    "mailto:{word}@post.localhost",
    "view-source:/account",
    "about:blank",
    "{word}:/account",
)
# What is no page of the shop's table, and leads nowhere else: it may stay as it is, or become the front page.
HARMLESS = (
    "{word}",
    "./{word}",
    "../{word}",
    "?tab={word}",
    "#{word}",
    "%2f%2f{word}.example",
    "/%2f{word}.example",
    "/%5c{word}.example",
    "/{word}\u3002example",
    "/{word} {number}",
    "/account?from=\\\\{word}",
    "/account?from=a\tb",
    "/.{word}",
    "/@{word}.example",
    "/:{number}/{word}",
    "http:{word}.example",
    "/..",
    "/;//{word}.example",
)


def letters(draw):
    """Return a word without digits and hyphens: schemes and hosts may consist of it."""
    return "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=8))


def filled_in(text, draw):
    """Return a text with words and numbers drawn."""
    word = letters(draw)
    for name, value in {"word": word, "WORD": word.upper(), "number": str(draw.randint(1, 254))}.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def addresses(draw, beginnings):
    """Return addresses of other hosts: each beginning, each host and each end occurs."""
    many = max(MANY, len(beginnings))
    parts = [(each * many)[:many] for each in (list(beginnings), list(HOSTS), list(AFTER_HOSTS))]
    for each in parts:
        draw.shuffle(each)
    return [filled_in("".join(each), draw) for each in zip(*parts, strict=True)]


def stays(shop, target):
    """Tell whether a browser that is at the shop's login and is sent there stays in the shop."""
    return isinstance(target, str) and same_origin(resolve(shop.login, target), shop.origin)


def becomes_the_front_page(decision, target, because):
    """Check that an address becomes the front page."""
    answer = decision.safe_next(target)
    assert answer == Answer("/"), f"{target!r} {because}, and your function gave {answer}."


@promise()
@pytest.mark.parametrize("page", PAGES_OF_THE_SHOP.values(), ids=PAGES_OF_THE_SHOP)
def test_a_page_of_the_shop_stays_as_it_is(decision, draw, page):
    """A path on this site is returned unchanged, with its query and its fragment."""
    target = filled_in(page, draw)
    answer = decision.safe_next(target)
    assert answer == Answer(target), f"{target!r} is a page of the shop, and your function gave {answer}."


@promise()
@pytest.mark.parametrize("target", [None, ""], ids=["no next at all", "an empty next"])
def test_without_next_it_is_the_front_page(decision, target):
    """Who was going nowhere arrives at the front page."""
    answer = decision.safe_next(target)
    assert answer == Answer("/"), f"{target!r} is no page, and your function gave {answer}."


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
        "The rule (RFC 3986, 4.2): a path on this site begins with one slash; what begins with two names another host.",
    ],
)
def test_no_other_host(decision, draw):
    """An address with another host becomes the front page, whatever host that is."""
    for target in addresses(draw, PLAIN_BEGINNINGS):
        becomes_the_front_page(decision, target, "is not a path on this site")


@promise(
    points=1,
    after=test_a_page_of_the_shop_stays_as_it_is,
    asvs="3.7.2",
    cwe=601,
    hints=[
        "Not every address has a host. What comes before the first colon?",
        "Which scheme is it, and what would a browser do with it? Has a path on this site any?",
    ],
)
def test_no_other_scheme(decision, draw):
    """An address that is for something else than http becomes the front page."""
    for scheme in draw.sample(SCHEMES, len(SCHEMES)):
        becomes_the_front_page(decision, filled_in(scheme, draw), "is not a path on this site")


@promise(
    points=2,
    after=test_no_other_host,
    asvs="3.7.2",
    cwe=601,
    hints=[
        "Type an address with backslashes into a browser's address bar. Where does it go?",
        "Compare what `urlsplit` says of such an address with what the browser makes of it.",
        "Browsers take tabs and line breaks out, cut blanks and controls off, and read a backslash as a slash.",
    ],
)
def test_nothing_that_a_browser_reads_otherwise(shop, decision, draw):
    """What looks like a path, and is another address to a browser, becomes the front page; nothing else leaves."""
    for target in addresses(draw, STRANGE_BEGINNINGS):
        becomes_the_front_page(decision, target, "is another site to a browser")
    for harmless in HARMLESS:
        target = filled_in(harmless, draw)
        answer = decision.safe_next(target)
        assert isinstance(answer, Answer) and stays(shop, answer.value), (
            f"Of {target!r} your function made {answer}, from where a browser does not stay in the shop."
        )


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
def test_alice_does_not_end_up_at_mallorys(lab, shop, alice, draw):
    """Alice, who follows Mallory's links to the login, is logged in and on the shop's front page."""
    trap = lab.url("mallory", "/login")
    strange = draw.choice(["/\\", "\\\\", "///", "http:////", "http:\\\\", f"http://{shop.url.split('/')[2]}@"])
    for beginning in ("http://", "//", strange):
        target = beginning + trap.removeprefix("http://")
        page = log_in(alice, shop, next=target)
        assert page.url == shop.url, f"Alice followed a link with {target!r} to the login, and is now on {page.url}."
        assert is_logged_in(alice, shop), "Alice followed a strange link to the login, and was not logged in."

    alice.navigate(f"{shop.login}?{urlencode({'next': trap})}")
    page = alice.submit("login", name=alice.person.name, password=alice.person.password)
    assert page.url == shop.url, f"Alice followed a link with {trap!r} to the login, and is now on {page.url}."
