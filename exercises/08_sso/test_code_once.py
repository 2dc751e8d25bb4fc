"""Give tokens for a code once, to whom it was made for, within a minute.

What `redeem_code` promises at the token endpoint: by codes that come again, late, at the same moment, from others, or
with another address. Requests at the same moment meet in the store, so that the race comes out the same in every run.
"""

import base64
import json
from datetime import timedelta
from functools import partial
from urllib.parse import quote_plus

import pytest

from labsrv.grading import promise
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.sso.attacks import redeem_it_as_the_club, redeem_it_tomorrow
from labsrv.labs.sso.moves import HER_VERIFIER, claims_of
from labsrv.labs.sso.names import CLIENT_SECRETS
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import is_logged_in, join_the_club, leave, log_in
from labsrv.provider.outgoing import Outgoing
from labsrv.relying_party.secure.code_challenge import code_challenge

PLACE = 2
DECIDES = ("redeem_code",)

SECRET = "a-secret-for-checks-and-for-nothing-else"
VERIFIER = HER_VERIFIER

# How long ago a code's time was over.
TOO_LATE = {
    "a second": timedelta(seconds=1),
    "half a minute": timedelta(seconds=30),
    "a minute": timedelta(minutes=1),
    "an hour, but for some seconds": timedelta(hours=1, seconds=-20),
    "an hour, to the minute": timedelta(hours=1),
    "a day, but for some seconds": timedelta(days=1, seconds=-20),
    "a day, to the minute": timedelta(days=1),
    "a week and some hours": timedelta(weeks=1, hours=5),
    "a year": timedelta(days=365),
}

# How long after the first time a code comes again: its own time is over after a minute.
AGAIN = {
    "at once": timedelta(0),
    "half a minute later": timedelta(seconds=30),
    "two minutes later": timedelta(minutes=2),
    "a day later": timedelta(days=1),
    "nine days later": timedelta(days=9),
}

# Clients that Mallory has registered: what they are called, beside the one whose code it is.
OTHER_CLIENTS = {
    "another name": lambda own: "mallorys-own",
    "its name, and more": lambda own: f"{own}-2",
    "its name, with something before it": lambda own: f"my-{own}",
    "the beginning of its name": lambda own: own[:-1],
    "the end of its name": lambda own: own[1:],
    "one letter": lambda own: own[0],
    "its name in capitals": lambda own: own.upper(),
    "its name with a blank behind it": lambda own: f"{own} ",
    "its name twice": lambda own: f"{own} {own}",
}

# What comes in the place of the address that a code was asked with. None leaves it out.
OTHER_ADDRESSES = {
    "none": lambda own, other: None,
    "an empty one": lambda own, other: "",
    "another one that the client has registered": lambda own, other: other,
    "one that nobody has registered": lambda own, other: "https://mallory.example/callback",
    "a slash more": lambda own, other: f"{own}/",
    "its last character less": lambda own, other: own[:-1],
    "a place below it": lambda own, other: f"{own}/more",
    "its origin": lambda own, other: "/".join(own.split("/")[:3]),
    "its path": lambda own, other: f"/{own.partition('://')[2].partition('/')[2]}",
    "a query": lambda own, other: f"{own}?next=tea",
    "a ? and no query": lambda own, other: f"{own}?",
    "something behind a #": lambda own, other: f"{own}#tea",
    "capitals": lambda own, other: own.upper(),
    "a scheme in capitals": lambda own, other: own.replace("http", "HTTP", 1),
    "https in http's place": lambda own, other: own.replace("http:", "https:", 1),
    "a blank behind it": lambda own, other: f"{own} ",
    "a blank before it": lambda own, other: f" {own}",
    "a line break behind it": lambda own, other: f"{own}\n",
    "both": lambda own, other: f"{other} {own}",
    "a letter of it by its number": lambda own, other: own.replace("/callback", "/%63allback"),
}

# What is no code, though it looks like one: (a code, the tokens of another one) → text. None leaves it out.
NO_CODES = {
    "none": lambda code, tokens: None,
    "an empty one": lambda code, tokens: "",
    "a made-up one": lambda code, tokens: "made-up-by-mallory",
    "in other letters": lambda code, tokens: code.swapcase(),
    "its first half": lambda code, tokens: code[: len(code) // 2],
    "without its last character": lambda code, tokens: code[:-1],
    "without its first character": lambda code, tokens: code[1:],
    "with another last character": lambda code, tokens: code[:-1] + ("b" if code[-1] == "a" else "a"),
    "with one character more": lambda code, tokens: f"{code}A",
    "with a blank behind it": lambda code, tokens: f"{code} ",
    "with a line break behind it": lambda code, tokens: f"{code}\n",
    "with a null behind it": lambda code, tokens: f"{code}\0",
    "twice": lambda code, tokens: code * 2,
    "its row's name": lambda code, tokens: fingerprint(code),
    "a pattern": lambda code, tokens: ".*",
    "a filter": lambda code, tokens: '{"$ne": null}',
    "letters of other alphabets": lambda code, tokens: "\u0447\u0430\u0439 \u00e9",
    "a very long one": lambda code, tokens: "x" * 3000,
    "a refresh token": lambda code, tokens: tokens["refresh_token"],
    "an access token": lambda code, tokens: tokens["access_token"],
}

LATER_LOOKS = {"held after its first look": 1, "held after its second look": 2, "held after its third look": 3}


class Token:
    """The token endpoint, and codes for it. Whoever asks asks in the same way, whoever it is."""

    def __init__(self, lab):
        self.lab = lab
        self.house = house(lab)
        self.secrets = dict(CLIENT_SECRETS)

    def address(self, client="tea-shop"):
        """Return the first address that a client has registered."""
        return self.house.clients.get(client)["redirect_uris"][0]

    def register(self, client_id, *addresses, way="client_secret_basic"):
        """Register a client."""
        self.secrets[client_id] = SECRET
        self.house.clients.register(
            {
                "client_id": client_id,
                "client_secret": SECRET,
                "redirect_uris": list(addresses),
                "grant_types": ["authorization_code", "refresh_token"],
                "token_endpoint_auth_method": way,
            }
        )

    def code(self, of, client="tea-shop", address=None):
        """Return a code that somebody's login has just given to a client."""
        grant = self.house.grants.begin(
            sub=self.house.people.named(of.person.name)["_id"],
            client_id=client,
            scope="openid profile email offline_access",
            resource="",
            sid=self.lab.draw.word(),
            auth_time=self.house.seconds(self.house.now()),
            acr="urn:authlab:acr:pwd",
            amr=["pwd"],
            until=self.house.now() + self.house.settings.refresh_life,
        )
        bound = {"redirect_uri": address or self.address(client), "challenge": code_challenge(VERIFIER)}
        return self.house.grants.issue_code(
            grant, self.house.settings.code_life, nonce=f"nonce of {of.person.name}", **bound
        )

    def ask(self, client, /, **fields):
        """Ask as a client; return the JSON of the answer. None leaves a field out."""
        sent = {name: value for name, value in fields.items() if value is not None}
        headers = {}
        if self.house.clients.get(client)["token_endpoint_auth_method"] == "client_secret_post":
            sent |= {"client_id": client, "client_secret": self.secrets[client]}
        else:
            known = f"{quote_plus(client)}:{quote_plus(self.secrets[client])}"
            headers = {"Authorization": f"Basic {base64.b64encode(known.encode()).decode()}"}
        answer = Outgoing("application", self.lab).post_form(self.lab.url("idp", "/token"), sent, headers)
        assert answer.status in (200, 400), f"The token endpoint answered with {answer.status}: neither yes nor no."
        return json.loads(answer.body)

    def redeem(self, code, client="tea-shop", **changes):
        """Redeem a code; return the tokens, {} for a refusal. None leaves a field out."""
        usual = {"grant_type": "authorization_code", "redirect_uri": self.address(client), "code_verifier": VERIFIER}
        answer = self.ask(client, **usual | {"code": code} | changes)
        assert answer.get("error", "invalid_grant") == "invalid_grant", f"The endpoint says {answer['error']!r}."
        return {} if "error" in answer else answer

    def works(self, tokens):
        """Return whether an access token still opens what it is for."""
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        return Outgoing("application", self.lab).send("GET", self.lab.url("idp", "/userinfo"), bearer).status == 200

    def refreshes(self, tokens, client="tea-shop"):
        """Return whether new tokens come of a refresh token."""
        return "access_token" in self.ask(client, grant_type="refresh_token", refresh_token=tokens["refresh_token"])

    def end_in(self, code, **since):
        """Let a code's time be over in so long, or since so long."""
        until = {"until": self.lab.clock.now() + timedelta(**since)}
        assert self.lab.db.idp_codes.update_one({"_id": fingerprint(code)}, {"$set": until}).matched_count == 1


@pytest.fixture
def token(lab):
    return Token(lab)


@promise()
def test_people_log_in(lab, alice, bob):
    """Alice and Bob log in at both applications, and again another day, and join the tea club."""
    for days in (0, 1):
        lab.clock.advance(days=days)
        for person in (alice, bob):
            for site in (lab.shop, lab.hr):
                log_in(person, site)
                assert is_logged_in(person, site), f"Somebody logged in at {site.name}, and the code was not taken."
            assert join_the_club(person, lab), "Somebody joined the tea club, and the club's code was not taken."
            leave(person, lab.shop)


@promise()
def test_each_code_is_good_for_its_own(lab, token, alice, bob):
    """Of several codes at a time each is good, the older ones as well as the newest, until its last second."""
    whose = [(person, client) for person in (alice, bob) for client in ("tea-shop", "tea-hr", "tea-club")]
    codes = [(person, client, token.code(person, client)) for person, client in lab.draw.sample(whose * 2, 12)]
    lab.clock.advance(seconds=58)
    for person, client, code in codes:
        token.end_in(code, seconds=lab.draw.choice([8, 20, 600]))
        tokens = token.redeem(code, client)
        assert tokens, f"A code for {client} was brought by {client}, in time and for the first time, and was refused."
        nonce = claims_of(tokens["id_token"])["nonce"]
        assert nonce == f"nonce of {person.person.name}", "A code was taken, and the tokens are of somebody else's."
        assert token.works(tokens), "A code was taken, and its access token opens nothing."
        assert token.refreshes(tokens, client), "A code was taken, and its refresh token is worth nothing."


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.2",
    cwe=294,
    hints=[
        "A code had its answer. What does the table say of it afterwards?",
        "What has to be different in the store after the first try, so that another process sees it?",
    ],
)
def test_it_is_good_once(lab, token, alice, restart_shop):
    """A code that was good once is good no more, also when Tea Identity was restarted in between."""
    code, wrong, before = token.code(alice), token.code(alice), token.code(alice)
    for each in (code, before):
        assert token.redeem(each), "A code was refused at the first time."
    assert not token.redeem(wrong, code_verifier=f"{VERIFIER}-2"), "A code was taken with a verifier that does not fit."
    for when in (0, 1, 50):
        lab.clock.advance(seconds=when)
        assert not token.redeem(code), f"A code was good for a second time, {when} seconds after the first."
        assert not token.redeem(wrong), "A code had come with a wrong verifier, and was good with another one."

    code = token.code(alice)
    assert token.redeem(code), "A code was refused at the first time."
    restart_shop()
    assert not token.redeem(code), "Tea Identity was restarted, and a code was good for a second time."


@promise(
    points=2,
    after=test_it_is_good_once,
    asvs="10.4.2",
    cwe=294,
    hints=[
        "The shop's code was refused, since Mallory was there before it. Who has tokens now?",
        "Your function is given another one for this. What does it want to know? Is that still there at a second time?",
        "What comes first where a code comes for the second time, and an hour late?",
    ],
)
def test_what_came_of_it_ends(lab, token, alice, bob, restart_shop):
    """Where a code comes again from its client, however late, the tokens that came of it work no more, and all others
    do.
    """
    others = {"Bob's": token.redeem(token.code(bob)), "Alice's own, of another login": token.redeem(token.code(alice))}
    for name, later in AGAIN.items():
        code = token.code(alice)
        tokens = token.redeem(code)
        assert tokens and token.works(tokens), "A code was taken for the first time, and its tokens are worth nothing."
        lab.clock.advance(seconds=later.total_seconds())
        assert not token.redeem(code), f"A code came again, {name}, and was good."
        assert not token.refreshes(tokens), f"A code came again, {name}, and its refresh token still works."
        assert later > timedelta(minutes=9) or not token.works(tokens), (
            f"A code came again, {name}, and its access token still works."
        )

    code = token.code(alice)
    tokens = token.redeem(code)
    restart_shop()
    assert not token.redeem(code), "Tea Identity was restarted, and a code was good for a second time."
    assert not token.works(tokens), "Tea Identity was restarted, a code came again, and its access token still works."

    later = token.code(alice)
    for name, tokens in others.items():
        assert token.refreshes(tokens), f"A code of Alice's came again, and tokens that are not of it ended: {name}."
    assert token.redeem(later), "A code of Alice's came again, and another one of hers was not taken any more."


@promise(
    points=2,
    after=test_what_came_of_it_ends,
    asvs="10.4.2",
    cwe=367,
    hints=[
        "Mallory and the shop come at the same moment. What does each of them read, before either writes?",
        "Which operation of the table finds and changes in one, and returns what was there before? Read "
        "labsrv/kit/store/collection.py.",
        "Tea Identity runs in two processes here: a lock holds in one of them only.",
    ],
)
def test_also_at_the_same_moment(lab, token, alice, two_processes):
    """Of several who bring a code at the same moment one gets tokens at most, and they end, since others came too."""
    for _ in range(2):
        assert token.redeem(token.code(alice)), "A code was refused at the first time."

    for many in (2, 6):
        code = token.code(alice)
        got = at_once(lab, "idp_codes", *[partial(token.redeem, code)] * many)
        assert len([each for each in got if each]) <= 1, f"Of {many} at the same moment more than one got tokens."
        for tokens in filter(None, got):
            assert not token.works(tokens), f"{many} came at the same moment, and the tokens of one still work."

    for held, look in LATER_LOOKS.items():
        code, got = token.code(alice), []
        with under_way(lab, partial(redeem_into, got, token, code), table="idp_codes", look=look):
            got.append(token.redeem(code))
        got = [each for each in got if each]
        assert len(got) <= 1, f"Two brought a code, one of them {held}, and both got tokens."
        assert not any(map(token.works, got)), f"Two brought a code, one of them {held}, and the tokens still work."


def redeem_into(got, token, code):
    """Redeem a code, and note what came of it."""
    got.append(token.redeem(code))


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.4.3",
    cwe=613,
    hints=[
        "`attacks.redeem_it_tomorrow(lab)`: which part of the row says that this code is over?",
        "Compare whole moments: parts of a time come round again.",
    ],
)
def test_its_time_comes_to_an_end(lab, token, alice):
    """A code whose `until` has come is good no more, however long ago that was."""
    for name, since in TOO_LATE.items():
        code = token.code(alice)
        token.end_in(code, seconds=-since.total_seconds())
        assert not token.redeem(code), f"A code whose time was over for {name} was taken."

    outcome = redeem_it_tomorrow(lab)
    assert not outcome, f"Mallory brought a code that she found in a log: {outcome.story}"


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.2",
    cwe=863,
    hints=[
        "`attacks.redeem_it_as_the_club(lab)`: who is the code for, and who brings it? Where do you read either?",
        "A form says what its sender likes. Which of your arguments says who has shown a secret?",
        "RFC 6749, 4.1.3, the list at its end: what has the server to ensure?",
    ],
)
def test_it_is_for_one_client(lab, token, alice):
    """A code that was made for one application gives no tokens to another one, whatever that is called."""
    for own in ("tea-shop", "tea-hr"):
        address = token.address(own)
        for name, spell in OTHER_CLIENTS.items():
            for way in ("client_secret_basic", "client_secret_post"):
                token.register(spell(own), address, way=way)
                tokens = token.redeem(token.code(alice, own), spell(own), redirect_uri=address)
                assert not tokens, f"A code for {own} was brought by a client with {name} ({way}), which got tokens."
        for other in {"tea-shop", "tea-hr", "tea-club"} - {own}:
            tokens = token.redeem(token.code(alice, own), other, redirect_uri=address)
            assert not tokens, f"A code for {own} was brought by {other}, which got tokens."

    outcome = redeem_it_as_the_club(lab)
    assert not outcome, f"Mallory brought a code for the shop as the tea club: {outcome.story}"


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.4.1",
    cwe=345,
    hints=[
        "The shop says at the token endpoint with which address it asked. With what can that be compared?",
        "What does your function do where the form has no address?",
        "RFC 6749, 4.1.3: their values must be identical. And 10.6: why?",
    ],
)
def test_it_is_for_one_address(lab, token, alice):
    """A code that was asked for with one address is good with no other one, be it registered, and not without one."""
    own, other = (f"http://{lab.draw.word()}.example/{lab.draw.word()}/callback" for _ in range(2))
    token.register("two-doors", other, own)
    for name, spell in OTHER_ADDRESSES.items():
        code = token.code(alice, "two-doors", own)
        tokens = token.redeem(code, "two-doors", redirect_uri=spell(own, other))
        assert not tokens, f"A code was taken, and the address that came with it was not the one it had: {name}."

    for address in (own, other):
        tokens = token.redeem(token.code(alice, "two-doors", address), "two-doors", redirect_uri=address)
        assert tokens, "A code came with the address that it was asked for with, and was refused."


@promise(
    points=1,
    after=test_it_is_good_once,
    asvs="2.2.1",
    cwe=20,
    hints=[
        "What does your function do with a form that has no code, or an odd one?",
        "A row's name is no secret: whoever reads a backup knows it.",
    ],
)
def test_it_is_the_whole_code(lab, token, alice, bob):
    """What is no code, though it looks like one, is refused, and the code that it looks like stays good."""
    tokens, code, others = token.redeem(token.code(bob)), token.code(alice), token.code(bob)
    for name, spell in NO_CODES.items():
        assert not token.redeem(spell(code, tokens)), f"What is no code was taken for one: {name}."
    for each in (code, others):
        assert token.redeem(each), "What is no code was refused, and afterwards a code that is one."
