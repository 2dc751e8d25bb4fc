"""Answer at an address that was registered, and nowhere else.

What `redirect_uri_for` promises: by addresses that are nearly right, each in one way, and by links with which Mallory
sends Alice to Tea Identity.
"""

from contextlib import suppress
from unicodedata import normalize
from urllib.parse import quote, urlencode, urlsplit

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.labs.sso.attacks import have_the_code_sent_to_her
from labsrv.labs.sso.moves import authorize_url, lure
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import is_logged_in, join_the_club, leave, log_in

PLACE = 1
DECIDES = ("redirect_uri_for",)

# Where Mallory's page is what a browser opens, or anybody's whom she knows: (the shop's, split, and hers) → address.
OTHER_HOSTS = {
    "hers": lambda own, hers: f"https://{hers}{own.path}",
    "hers behind the whole origin and an @": lambda own, hers: f"https://{own.netloc}@{hers}{own.path}",
    "hers behind the host, a password and an @": lambda own, hers: f"https://{own.hostname}:tea@{hers}{own.path}",
    "a host of hers that begins like it": lambda own, hers: f"https://{own.hostname}.{hers}{own.path}",
    "a host that begins like it": lambda own, hers: f"https://{own.hostname}x{own.path}",
    "a host that ends like it": lambda own, hers: f"https://x{own.hostname}{own.path}",
    "a host below it": lambda own, hers: f"https://pics.{own.netloc}{own.path}",
    "a host above it": lambda own, hers: f"https://{own.netloc.partition('.')[2]}{own.path}",
    "a host beside it": lambda own, hers: f"https://x.{own.netloc.partition('.')[2]}{own.path}",
    "a host with a letter in a dot's place": lambda own, hers: f"https://{own.netloc.replace('.', 'x', 1)}{own.path}",
    "a host with another ending": lambda own, hers: f"https://{own.netloc.replace('.example', '.test')}{own.path}",
    "hers, with it in the query": lambda own, hers: f"https://{hers}/?{own.geturl()}",
    "hers, with it as a parameter": lambda own, hers: f"https://{hers}/?{urlencode({'next': own.geturl()})}",
    "hers, with it behind the #": lambda own, hers: f"https://{hers}/#{own.geturl()}",
    "hers, with it in the path": lambda own, hers: f"https://{hers}/{own.geturl()}",
    "hers, with host and path in the path": lambda own, hers: f"https://{hers}/{own.netloc}{own.path}",
    "hers, with a backslash before the host": lambda own, hers: f"https://{hers}\\{own.netloc}{own.path}",
    "hers, with a backslash and an @": lambda own, hers: f"https://{hers}\\@{own.netloc}{own.path}",
    "hers, behind a blank": lambda own, hers: f"{own.geturl()} https://{hers}/",
    "hers, before a blank": lambda own, hers: f"https://{hers}/ {own.geturl()}",
    "hers, behind a line break": lambda own, hers: f"{own.geturl()}\nhttps://{hers}/",
    "a pattern": lambda own, hers: f"https://*{own.path}",
}

OTHER_DOORS = {
    "http in https's place": lambda own: f"http://{own.netloc}{own.path}",
    "a scheme of an app's": lambda own: f"org.mallory.tea://{own.netloc}{own.path}",
    "script": lambda own: f"javascript://{own.netloc}{own.path}",
    "no scheme": lambda own: f"//{own.netloc}{own.path}",
    "neither scheme nor host": lambda own: own.path,
    "another port": lambda own: f"https://{own.hostname}:{own.port + 1}{own.path}",
    "a digit more in the port": lambda own: f"https://{own.hostname}:{own.port}0{own.path}",
    "a digit less in the port": lambda own: f"https://{own.hostname}:{own.port // 10}{own.path}",
    "a zero before the port": lambda own: f"https://{own.hostname}:0{own.port}{own.path}",
    "no port": lambda own: f"https://{own.hostname}{own.path}",
    "a colon and no port": lambda own: f"https://{own.hostname}:{own.path}",
    "a name before the host": lambda own: f"https://alice@{own.netloc}{own.path}",
    "a name and a password before the host": lambda own: f"https://alice:tea@{own.netloc}{own.path}",
    "an @ before the host": lambda own: f"https://@{own.netloc}{own.path}",
}

# On one's own computer, where programs of anybody listen.
HERE = ("http://127.0.0.1:{}/cb", "http://localhost:{}/cb", "http://[::1]:{}/cb")

OTHER_PLACES = {
    "a slash more": lambda own: f"{own}/",
    "a place below it": lambda own: f"{own}/more",
    "a place that begins like it": lambda own: f"{own}-2",
    "its last character less": lambda own: own[:-1],
    "the place above it": lambda own: own.rpartition("/")[0],
    "the place above it, with its slash": lambda own: f"{own.rpartition('/')[0]}/",
    "a place beside it": lambda own: f"{own.rpartition('/')[0]}/open",
    "its origin": lambda own: "/".join(own.split("/")[:3]),
    "its origin, with a slash": lambda own: "/".join([*own.split("/")[:3], ""]),
    "a way up from it": lambda own: f"{own}/../open",
    "a way up from it, encoded": lambda own: f"{own}/%2e%2e/open",
    "a way up from it, encoded twice": lambda own: f"{own}/%252e%252e/open",
    "a way up from it, with a backslash": lambda own: f"{own}\\..\\open",
    "a way up and down again": lambda own: f"{own}/../{own.rpartition('/')[2]}",
    "a dot on the way": lambda own: own.replace("/callback", "/./callback"),
    "two slashes on the way": lambda own: own.replace("/callback", "//callback"),
    "a parameter of a path": lambda own: f"{own};next=open",
    "a query": lambda own: f"{own}?next=https://mallory.example",
    "a ? and no query": lambda own: f"{own}?",
    "a query that is begun already": lambda own: f"{own}&next=open",
    "something behind a #": lambda own: f"{own}#tea",
    "a # with nothing behind it": lambda own: f"{own}#",
    "an encoded #": lambda own: f"{own}%23",
    "an encoded null": lambda own: f"{own}%00",
    "a null": lambda own: f"{own}\0",
}

# Of one that was registered with a query.
OTHER_QUERIES = {
    "no query": lambda own: own.partition("?")[0],
    "a parameter more": lambda own: f"{own}&next=open",
    "a parameter less": lambda own: own.partition("&")[0],
    "another value": lambda own: f"{own[:-1]}x",
    "another character in the place of the ?": lambda own: own.replace("?", "x"),
    "its parameters in another order": lambda own: "?".join(
        [own.partition("?")[0], "&".join(reversed(own.partition("?")[2].split("&")))]
    ),
}

OTHER_SPELLINGS = {
    "the scheme in capitals": lambda own: own.replace("https", "HTTPS", 1),
    "the host in capitals": lambda own: own.replace(urlsplit(own).netloc, urlsplit(own).netloc.upper()),
    "a capital letter in the host": lambda own: own.replace(".example", ".Example"),
    "a capital letter in the path": lambda own: own.replace("/callback", "/Callback"),
    "all of it in capitals": str.upper,
    "a dot at the host's end": lambda own: own.replace(".example", ".example."),
    "a blank behind it": lambda own: f"{own} ",
    "a blank before it": lambda own: f" {own}",
    "a line break behind it": lambda own: f"{own}\n",
    "a line break before it": lambda own: f"\n{own}",
    "a tab in it": lambda own: own.replace("/callback", "/call\tback"),
    "a no-break space behind it": lambda own: f"{own}\u00a0",
    "a letter written by its number": lambda own: own.replace("/callback", "/%63allback"),
    "a slash written by its number": lambda own: own.replace("/callback", "%2Fcallback"),
    "all of it encoded": lambda own: quote(own, safe=""),
    "backslashes in the slashes' place": lambda own: own.replace("/", "\\"),
    "a slash less behind the scheme": lambda own: own.replace("https://", "https:/"),
    "a slash more behind the scheme": lambda own: own.replace("https://", "https:///"),
    "a letter that looks the same": lambda own: own.replace("/callback", "/c\u0430llback"),
    "a wide letter": lambda own: own.replace("/callback", "/\uff43allback"),
    "it in brackets": lambda own: f"<{own}>",
    "it in quotes": lambda own: f'"{own}"',
}


@pytest.fixture
def own(draw):
    """Addresses of one application, all drawn: two places at one host, one with a query, and another host."""
    host = f"tea.{draw.word()}.example:{draw.randint(2000, 6000)}"
    one, two = draw.sample(["callback", "back"], 2)
    return {
        "first": f"https://{host}/{draw.word()}/callback",
        "second": f"https://{host}/{draw.word()}/{one}/{draw.word()}",
        "queried": f"https://{host}/{two}?tenant={draw.word()}&lang={draw.word()}",
        "elsewhere": f"https://{draw.word()}.example/{draw.word()}/callback",
    }


@pytest.fixture
def client(lab, own, draw):
    """An application with these addresses, in any order, whatever else is in its row."""
    row = house(lab).clients.get(draw.choice(["tea-shop", "tea-hr", "tea-club"]))
    name, host = draw.word(), f"https://{draw.word()}.example"
    return row | {
        "_id": name,
        "client_id": name,
        "redirect_uris": draw.sample(list(own.values()), len(own)),
        "post_logout_redirect_uris": [f"{host}/left", own["first"].replace("/callback", "/left")],
        "backchannel_logout_uri": f"{host}/backchannel",
        "initiate_login_uri": f"{host}/login",
        "first_party": draw.choice([True, False]),
        "require_pkce": draw.choice([True, False]),
        "token_endpoint_auth_method": draw.choice(["none", "client_secret_basic"]),
    }


def not_sent_there(decision, client, asked, what):
    """Check that an answer does not go to an address that is not registered."""
    assert asked not in client["redirect_uris"], "Registered addresses are drawn, and this one was among them."
    # Whatever else is in its row: one of the house's own is no exception, nor is one that has no secret.
    other = {"none": "client_secret_basic", "client_secret_basic": "none"}[client["token_endpoint_auth_method"]]
    for row in (client | {"first_party": not client["first_party"], "token_endpoint_auth_method": other}, client):
        answer = decision.redirect_uri_for(row, asked)
        assert answer != Answer(asked), f"{what}: {shown(asked)} is not registered, and the answer would go there."
    return answer


def shown(address):
    """Return an address as it is shown: short, and on one line."""
    return repr(address if len(address) < 90 else f"{address[:87]}...")


def refused_on_a_page(lab, browser, **changes):
    """Have somebody open Mallory's link; return whether they ended on a page of the provider that says no."""
    with suppress(BrowserError):
        lure(lab, browser, authorize_url(lab, **changes))
        return browser.page.status == 400 and browser.page.origin == lab.sites["idp"].origin
    return False


def new_codes(lab):
    """Return how many codes the provider has given away."""
    return len(lab.db.idp_codes.find())


@promise()
def test_people_log_in(lab, alice, bob):
    """Alice and Bob log in at both applications, come back there, and join the tea club."""
    for person in (alice, bob):
        for site in (lab.shop, lab.hr):
            log_in(person, site)
            assert is_logged_in(person, site), (
                f"Somebody logged in at {site.name}, and did not come back as themselves."
            )
        assert join_the_club(person, lab), "Somebody joined the tea club, and did not come back there with a code."
        leave(person, lab.shop)


@promise()
def test_each_registered_address_is_right(decision, lab, client, own):
    """Each address that is registered is one to answer at, the last in the list as well as the first."""
    for address in own.values():
        answer = decision.redirect_uri_for(client, address)
        assert answer == Answer(address), f"{shown(address)} is registered, and your function gave {answer}."

    for address in ("http://127.0.0.1:5173/cb", "https://example.com", "https://TEA.example/Caf%C3%A9", "http://a.b/?"):
        answer = decision.redirect_uri_for(client | {"redirect_uris": [address]}, address)
        assert answer == Answer(address), f"{shown(address)} is registered, and your function gave {answer}."


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "`attacks.have_the_code_sent_to_her(lab)`: which part of that address does a browser take for the host?",
        "Which of your lines looks at a part of an address? What may stand before that part, or behind it?",
        "RFC 9700, 4.1.3: how are the two to be compared?",
    ],
)
def test_no_other_host_gets_the_code(lab, decision, client, own, draw, alice):
    """No code goes to a host that the application has not registered, however much its address looks like the right
    one.
    """
    hers = f"{draw.word()}.example"
    for name, spell in OTHER_HOSTS.items():
        for which in ("first", "elsewhere"):
            not_sent_there(decision, client, spell(urlsplit(own[which]), hers), f"Another host ({name})")

    outcome = have_the_code_sent_to_her(lab)
    assert not outcome, f"Mallory sent Alice to Tea Identity with an address of hers: {outcome.story}"
    back, joined = lab.url("shop", "/callback"), lab.url("mallory", "/joined")
    for asked in (joined, f"{joined}?{back}", f"{joined}#{back}", f"{joined}?{urlencode({'next': back})}"):
        refused_on_a_page(lab, alice, redirect_uri=asked)
        assert not lab.db.mallory_caught.find(), f"Mallory asked for {shown(asked)}, and Alice's answer came there."


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "Who else may listen on the same host, at another port? Who reads what goes there by plain http?",
        "RFC 8252, 7.3, lets the port be any for programs on one's own computer. Does the text here?",
    ],
)
def test_no_other_door_of_that_host(decision, client, own, draw):
    """The right host by another scheme, at another port, or with a name before it is another address, also where it is
    one's own computer.
    """
    for name, spell in OTHER_DOORS.items():
        not_sent_there(decision, client, spell(urlsplit(own["first"])), f"The right host by another way ({name})")
    usual = own["elsewhere"].replace(".example", ".example:443")
    not_sent_there(decision, client, usual, "The right host with the port that is usual anyway")
    for pattern in HERE:
        one, other = draw.sample(range(1024, 60_000), 2)
        here = client | {"redirect_uris": [pattern.format(one)]}
        not_sent_there(decision, here, pattern.format(other), "Another port of one's own computer")


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "A site has a page that sends people on, or one on which anybody may write. What does Mallory gain by that?",
        "`startswith` says yes to more than one address. To which of these?",
        "An address of one and a path of another that is registered: is what they make together registered?",
    ],
)
def test_no_other_place_at_that_host(decision, client, own):
    """Another place at the right host is another address: below, above, beside it, with more of a query or less."""
    for name, spell in OTHER_PLACES.items():
        for which in ("first", "elsewhere"):
            not_sent_there(decision, client, spell(own[which]), f"The right host, and another place ({name})")
    for name, spell in OTHER_QUERIES.items():
        not_sent_there(decision, client, spell(own["queried"]), f"The right place, and another query ({name})")

    one, other = urlsplit(own["second"]), urlsplit(own["elsewhere"])
    for mixed in (one._replace(netloc=other.netloc), other._replace(netloc=one.netloc)):
        not_sent_there(decision, client, mixed.geturl(), "The host of one registered address and the path of another")


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.4.1",
    cwe=178,
    hints=[
        "Does your function change one of the two before it compares them? What may another program make of it?",
        "Compare what came with what was registered, and nothing that you made of them.",
    ],
)
def test_each_character_is_the_same(decision, client, own):
    """The right address in another spelling is another address, and is not put right either."""
    accents = {form: f"https://tea.example/{normalize(form, 'café')}/callback" for form in ("NFC", "NFD")}
    for name, spell in OTHER_SPELLINGS.items():
        answer = not_sent_there(decision, client, spell(own["first"]), f"The right address, with {name}")
        assert answer == Answer(None), f"The right address, with {name}: your function gave {answer}."
    for one, other in (("NFC", "NFD"), ("NFD", "NFC")):
        there = client | {"redirect_uris": [accents[one]]}
        not_sent_there(decision, there, accents[other], "An é in the other way in which Unicode writes it")
    for one, other in (("%C3%A9", "%c3%a9"), ("%C3%A9", "é"), ("%20", "+"), ("%7E", "~")):
        there = client | {"redirect_uris": [f"https://tea.example/{one}"]}
        not_sent_there(decision, there, f"https://tea.example/{other}", "The same characters, encoded in another way")


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.1",
    cwe=863,
    hints=[
        "Whose addresses are compared with? Mallory's tea club has registered some as well.",
        "A row has several addresses, each for one purpose. What is `post_logout_redirect_uris` for?",
        "`in` asks a list for a whole element, and a text for any part of it.",
    ],
)
def test_it_is_registered_for_answers_by_this_client(lab, decision, client, own, alice):
    """Another application's address, one that was registered for another purpose, and a part of one are none to answer
    at.
    """
    others = {row["client_id"]: row["redirect_uris"][0] for row in house(lab).clients.rows.find()}
    for name, asked in others.items():
        not_sent_there(decision, client, asked, "Another application's address")
        before = new_codes(lab)
        if name != "tea-shop":
            refused_on_a_page(lab, alice, redirect_uri=asked)
            assert new_codes(lab) == before, f"A code for the shop was sent to the address of {name}."

    other = {each: client[each] for each in ("backchannel_logout_uri", "initiate_login_uri")}
    logout = {f"post_logout_redirect_uris, {n}": each for n, each in enumerate(client["post_logout_redirect_uris"])}
    for name, asked in (other | logout | {"client_id": client["client_id"]}).items():
        not_sent_there(decision, client, asked, f"What was registered for another purpose ({name})")

    everything = " ".join(client["redirect_uris"])
    parts = [
        everything,
        everything.replace(" ", ","),
        str(client["redirect_uris"]),
        own["first"][8:],
        "https",
        "/",
        " ",
    ]
    for asked in parts:
        not_sent_there(decision, client, asked, "A part of what is registered, or more than one of them")
    for nothing in (client | {"redirect_uris": []}, client | {"redirect_uris": ["https://other.example/callback"]}):
        not_sent_there(decision, nothing, own["first"], "An address that a client of the same name has not registered")


@promise(
    points=1,
    after=test_no_other_host_gets_the_code,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "What does your function return where none of the addresses fits? Who is sent there, and with what?",
        "RFC 6749, 4.1.2.1, first paragraph: what must not happen to the visitor's browser?",
        "OpenID Connect Core, 3.1.2.1: may an application leave the address out?",
    ],
)
def test_without_one_nobody_is_redirected(lab, decision, client, own, draw, alice):
    """Where no address was sent, or a wrong one, there is none to answer at, and Alice reads a page that says so."""
    rows = {many: client | {"redirect_uris": list(own.values())[:many]} for many in range(len(own) + 1)}
    for many, row in rows.items():
        for asked in (None, "", f"https://{draw.word()}.example/callback", f"{own['first']}/", f" {own['first']}"):
            answer = decision.redirect_uri_for(row, asked)
            assert answer == Answer(None), (
                f"{many} addresses are registered, {asked and shown(asked)} was sent, and your function gave {answer}."
            )

    log_in(alice, lab.shop)
    joined, back = lab.url("mallory", "/joined"), lab.url("shop", "/callback")
    for asked in (None, joined, f"{back}/", f"{back}?next={joined}", back.upper()):
        for more in ({}, {"prompt": "none"}, {"response_type": "token"}, {"code_challenge": None}, {"scope": "tea"}):
            before = new_codes(lab)
            page = refused_on_a_page(lab, alice, redirect_uri=asked, **more)
            assert page, f"{asked and shown(asked)} was sent, and Alice was redirected, or read no page that says no."
            assert new_codes(lab) == before, f"{asked and shown(asked)} was sent, and there is a code for it."
