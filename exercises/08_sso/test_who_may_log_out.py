"""Log out whoever wants it, and send them only where they came from.

What `may_log_out` promises, by ID tokens of other logins and other people, and by none; and `logout_target`, by
addresses that are nearly right, each in one way.
"""

from contextlib import suppress
from urllib.parse import quote, urlencode, urlsplit

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.labs.sso.attacks import log_alice_out_by_a_link, send_them_on_from_logout
from labsrv.labs.sso.moves import claims_of
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import is_logged_in, join_the_club, leave, log_in, log_out, on_page

PLACE = 11
DECIDES = ("may_log_out", "logout_target")

# What Mallory's page links to: everything in it is public.
LINKS = {
    "no more than the address": lambda lab: ("/oidc/logout", {}),
    "the shop's name": lambda lab: ("/oidc/logout", {"client_id": "tea-shop"}),
    "the shop's name and address": lambda lab: ("/oidc/logout", public(lab)),
    "the shop's name and address, and a state": lambda lab: ("/oidc/logout", public(lab) | {"state": "tea"}),
    "an empty hint": lambda lab: ("/oidc/logout", {"id_token_hint": ""}),
    "a hint that is no token": lambda lab: ("/oidc/logout", {"id_token_hint": "e30.e30.e30"}),
    "Auth0's old address": lambda lab: ("/v2/logout", {}),
    "Auth0's old address and the shop's": lambda lab: (
        "/v2/logout",
        {"client_id": "tea-shop", "returnTo": lab.url("shop", "/left")},
    ),
    "Auth0's old address, for everything": lambda lab: ("/v2/logout", {"federated": ""}),
}

# In what a hint differs from the login that it is held against. None leaves a claim out.
NOT_THIS_LOGIN = {
    "another login's": lambda own: {"sid": "another-login-of-hers"},
    "the beginning of its name": lambda own: {"sid": own["sid"][:-1]},
    "its name without the beginning": lambda own: {"sid": own["sid"][1:]},
    "more than its name": lambda own: {"sid": f"{own['sid']}A"},
    "its name with a blank": lambda own: {"sid": f"{own['sid']} "},
    "its name in other letters": lambda own: {"sid": own["sid"].swapcase()},
    "its name backwards": lambda own: {"sid": own["sid"][::-1]},
    "an empty name": lambda own: {"sid": ""},
    "no name": lambda own: {"sid": None},
    "the user in the name's place": lambda own: {"sid": own["sub"]},
    "the name of its row": lambda own: {"sid": own["_id"]},
}
NOT_THIS_USER = {
    "another one's": lambda own: {"sub": "somebody-else"},
    "the beginning of who it is": lambda own: {"sub": own["sub"][:-1]},
    "who it is, without the beginning": lambda own: {"sub": own["sub"][1:]},
    "more than who it is": lambda own: {"sub": f"{own['sub']}A"},
    "who it is, with a blank": lambda own: {"sub": f" {own['sub']}"},
    "who it is, in other letters": lambda own: {"sub": own["sub"].swapcase()},
    "an empty user": lambda own: {"sub": ""},
    "nobody": lambda own: {"sub": None},
    "the login's name in the user's place": lambda own: {"sub": own["sid"]},
    "the two in each other's place": lambda own: {"sub": own["sid"], "sid": own["sub"]},
}

OTHER_HOSTS = {
    "another host": lambda own, hers: f"https://{hers}{own.path}",
    "hers behind the whole origin and an @": lambda own, hers: f"https://{own.netloc}@{hers}{own.path}",
    "a host of hers that begins like it": lambda own, hers: f"https://{own.hostname}.{hers}{own.path}",
    "a host that begins like it": lambda own, hers: f"https://{own.hostname}x{own.path}",
    "a host that ends like it": lambda own, hers: f"https://x{own.hostname}{own.path}",
    "a host below it": lambda own, hers: f"https://pics.{own.netloc}{own.path}",
    "a host above it": lambda own, hers: f"https://{own.netloc.partition('.')[2]}{own.path}",
    "a host with a letter in a dot's place": lambda own, hers: f"https://{own.netloc.replace('.', 'x', 1)}{own.path}",
    "hers, with it in the query": lambda own, hers: f"https://{hers}/?{own.geturl()}",
    "hers, with it as a parameter": lambda own, hers: f"https://{hers}/?{urlencode({'next': own.geturl()})}",
    "hers, with it behind the #": lambda own, hers: f"https://{hers}/#{own.geturl()}",
    "hers, with it in the path": lambda own, hers: f"https://{hers}/{own.geturl()}",
    "hers, with a backslash and an @": lambda own, hers: f"https://{hers}\\@{own.netloc}{own.path}",
    "hers without a scheme": lambda own, hers: f"//{hers}{own.path}",
    "hers, behind a blank": lambda own, hers: f"{own.geturl()} https://{hers}/",
    "script": lambda own, hers: f"javascript:alert(1)//{own.netloc}{own.path}",
    "data": lambda own, hers: f"data:text/html,{own.geturl()}",
}
NEARLY_IT = {
    "http in https's place": lambda own: own.replace("https", "http", 1),
    "another port": lambda own: own.replace("/left", "").rpartition(":")[0] + ":1/left",
    "a digit more in the port": lambda own: own.replace("/", "0/").replace("0/", "/", 2),
    "no port": lambda own: f"https://{urlsplit(own).hostname}{urlsplit(own).path}",
    "a name before the host": lambda own: own.replace("//", "//alice@", 1),
    "no host": lambda own: urlsplit(own).path,
    "a slash more": lambda own: f"{own}/",
    "a place below it": lambda own: f"{own}/more",
    "a place that begins like it": lambda own: f"{own}-2",
    "its last character less": lambda own: own[:-1],
    "the place above it": lambda own: own.rpartition("/")[0],
    "its origin, with a slash": lambda own: "/".join([*own.split("/")[:3], ""]),
    "a way up from it": lambda own: f"{own}/../open",
    "a way up from it, encoded": lambda own: f"{own}/%2e%2e/open",
    "a way up and down again": lambda own: f"{own}/../left",
    "a dot on the way": lambda own: own.replace("/left", "/./left"),
    "two slashes on the way": lambda own: own.replace("/left", "//left"),
    "a parameter of a path": lambda own: f"{own};next=open",
    "a query": lambda own: f"{own}?next=https://mallory.example",
    "a ? and no query": lambda own: f"{own}?",
    "something behind a #": lambda own: f"{own}#tea",
    "capitals": str.upper,
    "the scheme in capitals": lambda own: own.replace("https", "HTTPS", 1),
    "a capital letter in the host": lambda own: own.replace(".example", ".Example"),
    "a capital letter in the path": lambda own: own.replace("/left", "/Left"),
    "a dot at the host's end": lambda own: own.replace(".example", ".example."),
    "a blank behind it": lambda own: f"{own} ",
    "a blank before it": lambda own: f" {own}",
    "a line break behind it": lambda own: f"{own}\n",
    "a tab in it": lambda own: own.replace("/left", "/le\tft"),
    "a letter by its number": lambda own: own.replace("/left", "/%6ceft"),
    "all of it encoded": lambda own: quote(own, safe=""),
    "a letter that looks the same": lambda own: own.replace("/left", "/l\u0435ft"),
    "backslashes in the slashes' place": lambda own: own.replace("/", "\\"),
}


def public(lab):
    """Return what everybody knows who has logged out of the shop once."""
    return {"client_id": "tea-shop", "post_logout_redirect_uri": lab.url("shop", "/left")}


def follow_a_link(lab, browser, path, asked, *, image=False):
    """Have somebody follow a link on Mallory's page, or see a picture there that is none; return the page they see."""
    url = f"{lab.url('idp', path)}?{urlencode(asked)}"
    with suppress(BrowserError):
        if image:
            browser.navigate(lab.sites["mallory"].url)
            browser.load_image(url)
        else:
            browser.navigate(url, from_=lab.sites["mallory"].url)
    return browser.page


def known_at_the_provider(lab, browser):
    """Return whether Tea Identity knows somebody in this browser: its own page greets them."""
    page = browser.navigate(lab.sites["idp"].url)
    known = page.sees(f"Hello, {browser.person.name.title()}")
    assert known or page.sees("Nobody is logged in"), "Tea Identity's own page greets somebody else, or nobody at all."
    return known


def login_of(lab, browser):
    """Return the newest login of somebody at Tea Identity."""
    sub = house(lab).people.named(browser.person.name)["_id"]
    return lab.db.idp_logins.find({"sub": sub})[-1]


def id_token_of(lab, app, browser):
    """Return the ID token that an application has of somebody's newest login."""
    rows = lab.db["sessions" if app == "shop" else f"{app}_sessions"].find({"sid": login_of(lab, browser)["sid"]})
    return rows[-1]["id_token"]


def hinted(session, lab, **changes):
    """Return the claims of an ID token of a login, with others in their place; None leaves one out."""
    now = int(lab.clock.time())
    times = {"iat": now - 30_000, "auth_time": now - 30_000, "exp": now - 29_400}
    who = {each: session[each] for each in ("sub", "sid", "acr", "amr")}
    claims = {"iss": house(lab).issuer, "aud": "tea-shop", "nonce": "tea", **times, **who} | changes
    return {name: value for name, value in claims.items() if value is not None}


def kinds_of(session):
    """Return a login as it is, and what else it might be: of before any application, of another provider, stronger."""
    stronger = {"acr": "http://schemas.openid.net/pape/policies/2007/06/multi-factor", "amr": ["pwd", "otp", "mfa"]}
    more = {"clients": []}, {"clients": ["tea-club"]}, {"upstream": "social"}, stronger
    return [session, *(session | each for each in more)]


def logs_out(decision, session, hint):
    """Return whether the function logs out at once."""
    answer = decision.may_log_out(session, hint)
    assert answer in (Answer(True), Answer(False)), f"At once, or not? Your function gave {answer}."
    return answer.value


def shown(address):
    """Return an address as it is shown: short, and on one line."""
    return repr(address if len(address) < 90 else f"{address[:87]}...")


@pytest.fixture
def own(draw):
    """Addresses of one application, all drawn."""
    host = f"tea.{draw.word()}.example:{draw.randint(2000, 6000)}"
    return {
        "first": f"https://{host}/{draw.word()}/left",
        "queried": f"https://{host}/out?tenant={draw.word()}",
        "elsewhere": f"https://{draw.word()}.example/{draw.word()}/bye",
    }


@pytest.fixture
def client(lab, own, draw):
    """An application with these addresses, in any order."""
    name = draw.word()
    return house(lab).clients.get(draw.choice(["tea-shop", "tea-hr"])) | {
        "_id": name,
        "client_id": name,
        "redirect_uris": [own["first"].replace("/left", "/callback"), f"https://{draw.word()}.example/callback"],
        "post_logout_redirect_uris": draw.sample(list(own.values()), len(own)),
        "first_party": draw.choice([True, False]),
    }


def not_sent_there(decision, client, asked, what):
    """Check that nobody is sent to an address that is not registered."""
    for own in (True, False):
        answer = decision.logout_target(client and client | {"first_party": own}, asked)
        assert answer != Answer(asked), f"{what}: {shown(asked)} is not registered, and Alice would be sent there."


@promise()
def test_who_leaves_an_application_is_out(lab, alice, bob):
    """Alice and Bob, who leave the shop or Tea HR, are out of both and of Tea Identity, at once, and are back there."""
    for person in (alice, bob):
        for app, minutes in (("shop", 0), ("hr", 3), ("shop", 45), ("hr", 400)):
            site, other = (lab.shop, lab.hr) if app == "shop" else (lab.hr, lab.shop)
            for each in (other, site):
                log_in(person, each)
                assert is_logged_in(person, each), f"Somebody logged in at {each.name}, and that came to nothing."
            assert known_at_the_provider(lab, person), "Somebody logged in, and Tea Identity does not know them."
            lab.clock.advance(minutes=minutes)
            page = leave(person, site)
            when = f"{minutes} minutes after they logged in"
            assert not on_page(person, "logout"), f"Somebody left {site.name}, {when}, and was asked whether they do."
            assert page.url == site.left, f"Somebody left {site.name}, {when}, and did not come back there."
            assert not known_at_the_provider(lab, person), f"Somebody left {site.name}, and Tea Identity knows them."
            for each in (site, other):
                assert not is_logged_in(person, each), f"Somebody left {site.name}, and is still in at {each.name}."


@promise()
def test_who_says_yes_is_out(lab, alice):
    """Alice, who goes to Tea Identity to log out there, and says yes where she is asked, is out everywhere."""
    for path, asked, there in (
        ("/oidc/logout", {}, lab.sites["idp"].origin),
        ("/oidc/logout", public(lab) | {"state": "tea"}, f"{lab.shop.left}?state=tea"),
        ("/v2/logout", {"client_id": "tea-shop", "returnTo": lab.shop.left}, lab.shop.left),
    ):
        log_in(alice, lab.shop)
        assert known_at_the_provider(lab, alice), "Alice logged in at the shop, and Tea Identity does not know her."
        page = alice.navigate(f"{lab.url('idp', path)}?{urlencode(asked)}")
        if on_page(alice, "logout"):
            page = alice.submit("logout", yes="yes")
        assert page.url.startswith(there), "Alice logged out, and did not come to where she was to be sent."
        assert not is_logged_in(alice, lab.shop), "Alice logged out at Tea Identity, and is still in at the shop."


@promise()
def test_each_registered_address_is_right(decision, client, own):
    """Each address that an application has registered for this is one to send people to."""
    for address in own.values():
        answer = decision.logout_target(client, address)
        assert answer == Answer(address), f"{shown(address)} is registered, and your function gave {answer}."


@promise(
    points=2,
    after=test_who_says_yes_is_out,
    asvs="3.5.1",
    cwe=352,
    hints=[
        "`attacks.log_alice_out_by_a_link(lab)`: what did the shop send that is not in Mallory's link?",
        "What is `hint` where no ID token was sent?",
        "RP-Initiated Logout 1.0, 6: what is the provider to do where there is none?",
    ],
)
def test_a_link_logs_nobody_out(lab, decision, alice, bob):
    """Who follows a link of Mallory's, in which there is no ID token of theirs, is asked, and stays where they are."""
    for person in (alice, bob):
        log_in(person, lab.shop)
        for name, make in LINKS.items():
            for image in (True, False):
                page = follow_a_link(lab, person, *make(lab), image=image)
                assert known_at_the_provider(lab, person), f"Somebody met a link of Mallory's ({name}), and is out."
                refused = page.status == 400 and name == "a hint that is no token"
                asked = image or refused or any(form.name == "logout" for form in page.forms)
                assert asked, f"Somebody followed a link of Mallory's ({name}), and was not asked."
        for own in kinds_of(login_of(lab, person)):
            assert not logs_out(decision, own, None), "There is no hint, and somebody is logged out at once."
        assert is_logged_in(person, lab.shop), "Somebody met links of Mallory's, and is no longer in at the shop."

    leave(alice, lab.shop)
    outcome = log_alice_out_by_a_link(lab)
    assert not outcome, f"Mallory had everybody who reads her page sent to the log-out: {outcome.story}"


@promise(
    points=2,
    after=test_a_link_logs_nobody_out,
    asvs="3.5.1",
    cwe=352,
    hints=[
        "Mallory has an ID token as well: her own. What does your function compare with what?",
        "Who does a token say that it is about? By which claim?",
    ],
)
def test_somebody_elses_token_logs_nobody_out(lab, decision, draw, alice, mallory):
    """Mallory's own ID token logs out nobody but her, wherever she puts it."""
    log_in(mallory, lab.shop)
    log_in(mallory, lab.hr)
    log_in(alice, lab.shop)
    for app in ("shop", "hr"):
        token = id_token_of(lab, app, mallory)
        for more in ({}, {"client_id": f"tea-{app}"}, {"post_logout_redirect_uri": lab.url(app, "/left")}):
            follow_a_link(lab, alice, "/oidc/logout", {"id_token_hint": token, **more})
            assert known_at_the_provider(lab, alice), "Alice followed a link with Mallory's ID token in it, and is out."

    session, hers = login_of(lab, alice), login_of(lab, mallory)
    assert not logs_out(decision, session, claims_of(token)), "An ID token of Mallory's logs Alice out at once."
    for own in (*kinds_of(session), hers, session | {"sub": draw.word(), "sid": draw.word()}):
        for name, spell in NOT_THIS_USER.items():
            out = logs_out(decision, own, hinted(own, lab, **spell(own)))
            assert not out, f"An ID token that is not about this user ({name}) logs them out at once."
        for aud in own["clients"]:
            assert logs_out(decision, own, hinted(own, lab, aud=aud)), "A token of this login was held for another's."


@promise(
    points=2,
    after=test_a_link_logs_nobody_out,
    asvs="3.5.1",
    cwe=352,
    hints=[
        "Alice logged in at the tea club last week, and Mallory has kept the ID token. Which login is it of?",
        "One user has several logins, one after the other and on several devices. Which claim is the login's name?",
    ],
)
def test_a_token_of_another_login_logs_nobody_out(lab, decision, draw, alice):
    """An ID token of another login of Alice's, of last week or of another device, does not log her out at once."""
    old = join_the_club(alice, lab)["id_token"]
    log_in(alice, lab.shop)
    old_too = id_token_of(lab, "shop", alice)
    leave(alice, lab.shop)
    lab.clock.advance(days=7)
    phone = lab.browser("phone")
    log_in(phone, lab.shop, as_=alice)
    log_in(alice, lab.shop)
    session = login_of(lab, alice)
    phones = next(row for row in lab.db.idp_logins.find({"sub": session["sub"]}) if row["sid"] != session["sid"])
    for token in (old, old_too):
        follow_a_link(lab, alice, "/oidc/logout", {"id_token_hint": token})
        assert known_at_the_provider(lab, alice), "An ID token of a login of last week logged Alice out at once."
    assert not logs_out(decision, session, hinted(phones, lab)), "An ID token of her phone's logs her computer out."
    assert not logs_out(decision, phones, hinted(session, lab)), "An ID token of her computer's logs her phone out."

    for own in (*kinds_of(session), phones, session | {"sub": draw.word(), "sid": draw.word()}):
        for name, spell in NOT_THIS_LOGIN.items():
            out = logs_out(decision, own, hinted(own, lab, **spell(own)))
            assert not out, f"An ID token that is not of this login ({name}) logs it out at once."
        for nothing in ({}, hinted(own, lab, sub=None, sid=None)):
            assert not logs_out(decision, own, nothing), "A token that says neither who nor which login ends this one."
        # Since then Alice has shown once more who she is: it is the same login.
        early = {each: int(lab.clock.time()) - 40_000 for each in ("auth_time", "iat")}
        for aud in own["clients"]:
            for before in ({}, early | {"acr": "urn:example:before", "amr": ["otp"], "nonce": None}):
                out = logs_out(decision, own, hinted(own, lab, aud=aud, **before))
                assert out, "A token of this login was held for another's."


@promise(
    points=1,
    after=test_each_registered_address_is_right,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "`attacks.send_them_on_from_logout(lab)`: who has said that people may be sent there?",
        "Which of your lines looks at a part of an address? What may stand before that part, or behind it?",
    ],
)
def test_nobody_is_sent_to_another_host(lab, decision, client, own, draw, alice):
    """Nobody is sent to a host that the application has not registered, however much its address looks like it."""
    hers = f"{draw.word()}.example"
    for name, spell in OTHER_HOSTS.items():
        for which in ("first", "elsewhere"):
            not_sent_there(decision, client, spell(urlsplit(own[which]), hers), f"Another host ({name})")

    outcome = send_them_on_from_logout(lab)
    assert not outcome, f"Mallory sent Alice to the log-out with an address of hers: {outcome.story}"


@promise(
    points=1,
    after=test_each_registered_address_is_right,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "Does your function change one of the two before it compares them? Or does it compare a part of them?",
        "Compare what came with what was registered, and nothing that you made of them.",
    ],
)
def test_each_character_is_the_same(decision, client, own):
    """Another place at that host, another way there, and another spelling are none to send people to."""
    for name, spell in NEARLY_IT.items():
        not_sent_there(decision, client, spell(own["first"]), f"The registered address, with {name}")
    plain, parts = own["queried"].partition("?")[0], urlsplit(own["first"])
    mixed = parts._replace(path=urlsplit(own["elsewhere"]).path).geturl()
    for asked in (plain, f"{own['queried']}&next=open", f"{own['queried']}x", mixed):
        not_sent_there(decision, client, asked, "A part of a registered address, or more of it, or parts of two")


@promise(
    points=1,
    after=test_nobody_is_sent_to_another_host,
    asvs="10.4.1",
    cwe=863,
    hints=[
        "What does your function say where `client` is None? Who has registered the address then?",
        "A row has several addresses, each for one purpose. What are `redirect_uris` for?",
        "`in` asks a list for a whole element, and a text for any part of it.",
    ],
)
def test_it_is_registered_for_this_by_this_client(lab, decision, client, own, alice):
    """An address that nobody knows whose it is, that is another application's, or for another purpose, is none."""
    for asked in (*own.values(), lab.shop.left, f"https://{lab.draw.word()}.example/left"):
        answer = decision.logout_target(None, asked)
        assert answer == Answer(None), f"Nobody knows which application it is, and your function gave {answer}."
        not_sent_there(decision, client | {"post_logout_redirect_uris": []}, asked, "No address is registered")
    for asked in (lab.shop.left, lab.hr.left, *client["redirect_uris"], client["backchannel_logout_uri"]):
        not_sent_there(decision, client, asked, "Another application's address, or one for another purpose")
    everything = " ".join(client["post_logout_redirect_uris"])
    for asked in (everything, everything.replace(" ", ","), own["first"][8:], "https", "/"):
        not_sent_there(decision, client, asked, "A part of what is registered, or more than one of them")

    log_in(alice, lab.shop)
    for client_id, asked in ((None, lab.shop.left), ("tea-hr", lab.shop.left), ("tea-shop", lab.shop.callback)):
        named = {"client_id": client_id} if client_id else {}
        page = follow_a_link(lab, alice, "/oidc/logout", {"post_logout_redirect_uri": asked} | named)
        assert page.status == 400, f"{client_id} asked to send Alice to {shown(asked)}, and she read no refusal."
        assert known_at_the_provider(lab, alice), f"{client_id} asked for {shown(asked)}, and Alice is logged out."


@promise(
    points=1,
    after=test_nobody_is_sent_to_another_host,
    asvs="10.4.1",
    cwe=601,
    hints=[
        "What does your function return where none of the addresses fits, or where none was sent?",
        "RP-Initiated Logout 1.0, 3: what must the provider not do where the values differ?",
    ],
)
def test_without_one_nobody_is_redirected(lab, decision, client, own, draw, alice):
    """Without an address there is none to go to, nor for a wrong one; with that, Alice stays in and reads why."""
    for many in range(len(own) + 1):
        row = client | {"post_logout_redirect_uris": list(own.values())[:many]}
        for asked in (None, "", f"https://{draw.word()}.example/left", f"{own['first']}/", f" {own['first']}"):
            answer = decision.logout_target(row, asked)
            assert answer == Answer(None), (
                f"{many} addresses are registered, {asked and shown(asked)} was sent, and your function gave {answer}."
            )
        assert decision.logout_target(None, None) == Answer(None), "There is neither application nor address, but one."

    log_in(alice, lab.shop)
    log_in(alice, lab.hr)
    hint = id_token_of(lab, "shop", alice)
    for asked in (f"{lab.shop.left}/", f"{lab.shop.left}?next=tea", lab.sites["mallory"].url):
        for more in ({"client_id": "tea-shop"}, {"id_token_hint": hint}):
            page = follow_a_link(lab, alice, "/oidc/logout", {"post_logout_redirect_uri": asked} | more)
            assert page.status == 400 and page.origin == lab.sites["idp"].origin, f"{shown(asked)} led to {page.url}."
            assert known_at_the_provider(lab, alice), f"{shown(asked)} is no address to go to, and Alice is out."
    log_out(alice, lab.hr)
