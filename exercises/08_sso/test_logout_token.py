"""Believe the provider, and nobody else, that a login has ended.

What `read_logout_token` promises about tokens of the provider, of other providers, and of Mallory.
"""

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from labsrv.grading import Answer, Raised, promise
from labsrv.labs.oidc.by_hand import encoded, pem_of, unsigned
from labsrv.labs.sso.attacks import send_another_token_of_hers, write_a_logout_token
from labsrv.labs.sso.moves import tell_the_shop
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import is_logged_in, leave, log_in
from labsrv.provider.rows.signing import key_pair, public_jwk

PLACE = 9
DECIDES = ("read_logout_token",)

ALGORITHM = {"rsa": "RS256", "ec": "ES256"}
NULL = object()  # a claim that is there, and null
# Every kind of error that the shop takes for a refusal.
REFUSALS = {name for name, each in vars(jwt.exceptions).items() if isinstance(each, type)}
LIFE = timedelta(hours=1)
EVENT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass
class AtProvider:
    """A provider's names and keys, all drawn for this check, and what the shop's function makes of its tokens."""

    decision: Any
    process: Any
    draw: Any

    def __post_init__(self):
        self.issuer = f"https://{self.draw.word()}.example/{self.draw.word()}"
        self.client, self.sub, self.sid = self.draw.word(), self.draw.word(), self.draw.word()
        self.kids = {"rsa": self.draw.word(), "ec": self.draw.word()}
        self.keys = [self.jwk(which) for which in self.draw.sample(["rsa", "ec"], 2)]

    def jwk(self, which, **more):
        """Return a key as it is published."""
        alg = ALGORITHM[which]
        return public_jwk(private(which), alg) | {"kid": self.kids[which], "use": "sig", "alg": alg} | more

    def header(self, which="ec", **changes):
        """Return the header of a good token; None leaves a part out."""
        return changed({"alg": ALGORITHM[which], "kid": self.kids[which], "typ": "logout+jwt"}, changes)

    def claims(self, **changes):
        """Return the claims of a good token, with others in their place; None leaves one out."""
        now = int(time.time())
        good = {"iss": self.issuer, "sub": self.sub, "sid": self.sid, "aud": self.client, "iat": now, "exp": now + 120}
        return changed(good | {"jti": self.draw.word(), "events": {EVENT: {}}}, changes)

    def token(self, header=None, **claims):
        """Return a token that this provider has signed, with either of its keys."""
        which = self.draw.choice(["rsa", "ec"])
        return signed(self.header(which, **header or {}), self.claims(**claims), which)

    def read(self, token, keys=None):
        """Return what the function makes of a token."""
        return self.decision.read_logout_token(token, self.keys if keys is None else keys, self.issuer, self.client)

    def reads(self, token, what, keys=None):
        """Check that a good token is read, and read right."""
        answer, wanted = self.read(token, keys), json_of(token)
        assert isinstance(answer, Answer), f"A good token was refused: {what} ({answer})."
        assert isinstance(answer.value, dict) and answer.value == wanted, f"Its claims were not returned: {what}."

    def refuses(self, rows, what):
        """Check that every token of a table is refused, and that a good one which comes between them is not."""
        tokens = [*rows.items(), (None, self.token())]
        for row, token in self.draw.sample(tokens, len(tokens)):
            if row is None:
                self.reads(token, "one like any other")
            else:
                self.refuses_one(token, f"{what} was taken for good: {row}.")

    def refuses_one(self, token, otherwise, keys=None):
        """Check that a token is refused; return the error, which is what was wanted, and nothing to complain of."""
        answer = self.read(token, keys)
        assert isinstance(answer, Raised), otherwise
        self.process.raised.clear()
        return answer


def private(which):
    """Return a private key by its kind, or by somebody's name."""
    return key_pair(f"checks {which}", "ES256" if which in ("ec", "mallory") else "RS256")


def changed(good, changes):
    """Return a header or claims with others in their place; None leaves one out."""
    return {name: None if each is NULL else each for name, each in (good | changes).items() if each is not None}


def signature(text, which, alg):
    """Return a signature of the kind that an algorithm has, as in a token."""
    return encoded(jwt.get_algorithm_by_name(alg).sign(text.encode(), private(which)))


def signed(header, claims, which, alg=None):
    """Return a token, whatever its header says."""
    text = unsigned(header, claims)
    return f"{text}.{signature(text, which, alg or ('ES256' if which in ('ec', 'mallory') else 'RS256'))}"


def hmac_of(header, claims, secret, alg="HS256"):
    """Return a token with an HMAC over it."""
    text = unsigned(header | {"alg": alg}, claims)
    return f"{text}.{encoded(jwt.get_algorithm_by_name(alg).sign(text.encode(), secret))}"


def json_of(token):
    """Return what a token says."""
    return jwt.decode(token, options={"verify_signature": False})


@pytest.fixture
def at(decision, process, draw):
    """A provider, and what the shop's function makes of its tokens."""
    return AtProvider(decision, process, draw)


# Who signed? Mallory writes the claims of a logout of Alice's, and has no key of the provider's.
def not_signed(at):
    """Return tokens that the provider did not sign."""
    header, claims = at.header(), at.claims()
    text, own = unsigned(header, claims), at.token(sub="mallory")
    good = at.token()
    return {
        "no signature": f"{text}.",
        "a signature of zeros": f"{text}.{encoded(bytes(64))}",
        "the signature of another token": f"{text}.{own.rpartition('.')[2]}",
        "other claims under the signature of these": ".".join(
            [good.split(".")[0], own.split(".")[1], good.split(".")[2]]
        ),
        "half of its signature": good[:-40],
        "a key of her own": signed(header, claims, "mallory"),
        "an RSA key of her own": signed(at.header("rsa"), claims, "mallorys rsa"),
    }


def other_algorithms(at):
    """Return tokens with an algorithm of Mallory's choice, or with another one that the provider's keys can do."""
    rsa, claims = at.header("rsa"), at.claims()
    jwk = at.jwk("rsa")
    pem, public = pem_of(jwk), private("rsa").public_key()
    secrets = {
        "in PEM": pem,
        "in PEM, less a line break": pem.strip(),
        "in DER": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "in JSON": json.dumps(jwk).encode(),
        "left empty": b"",
    }
    spelt = {alg: f"{unsigned(at.header(alg=alg), claims)}." for alg in ("none", "None", "NONE", "nOnE")}
    hmacs = {f"HS256 with the public key {how}": hmac_of(rsa, claims, secret) for how, secret in secrets.items()}
    longer = {f"{alg} with the public key": hmac_of(rsa, claims, pem, alg) for alg in ("HS384", "HS512")}
    ours = {f"the provider's own key by {alg}": by_other(at, alg) for alg in ("RS384", "RS512", "PS256", "PS512")}
    odd = {
        "no algorithm": signed(at.header(alg=None), claims, "ec"),
        "a list of algorithms": signed(at.header(alg=["ES256", "none"]), claims, "ec"),
        "an algorithm that there is not": signed(at.header(alg="TEA256"), claims, "ec"),
        "HS256 under the name of the other key": hmac_of(at.header(), claims, pem_of(at.jwk("ec"))),
    }
    return spelt | hmacs | longer | ours | odd


def by_other(at, alg):
    """Return a token signed with the provider's RSA key and another algorithm."""
    return signed(at.header("rsa", alg=alg), at.claims(), "rsa", alg)


def other_keys(at):
    """Return tokens that are signed with a key which is none of the provider's, or not the one that is named."""
    claims, ec = at.claims(), at.kids["ec"]
    own, jwk = at.draw.word(), public_jwk(private("mallory"), "ES256")
    brought = {"jwk": jwk | {"kid": own, "alg": "ES256", "use": "sig"}, "kid": own}
    return {
        "a key that it brings": signed(at.header(**brought), claims, "mallory"),
        "a key that it brings under the name of ours": signed(at.header(jwk=jwk | {"kid": ec}), claims, "mallory"),
        "a key that it says where to get": signed(
            at.header(jku="http://mallory.localhost/jwks.json", kid=own), claims, "mallory"
        ),
        "a name that nobody published": signed(at.header(kid=own), claims, "ec"),
        "a name that nobody published, of the RSA key": signed(at.header("rsa", kid=own), claims, "rsa"),
        "no name": signed(at.header(kid=None), claims, "ec"),
        "no name, of the RSA key": signed(at.header("rsa", kid=None), claims, "rsa"),
        "a name that is null": signed(at.header(kid=NULL), claims, "ec"),
        "an empty name": signed(at.header(kid=""), claims, "ec"),
        "the beginning of a name": signed(at.header(kid=ec[:-1]), claims, "ec"),
        "more than a name": signed(at.header(kid=f"{ec}-2"), claims, "ec"),
        "a name in capitals": signed(at.header(kid=ec.upper()), claims, "ec"),
        "a name with a blank": signed(at.header(kid=f"{ec} "), claims, "ec"),
        "a list of names": signed(at.header(kid=[ec]), claims, "ec"),
        "the other key's name": signed(at.header(kid=at.kids["rsa"]), claims, "ec"),
    }


def published_for_another_use(at):
    """Return keys that are published for something else than RS256 and ES256, each with a token that it signed."""
    name, claims = at.draw.word(), at.claims()
    secret = at.draw.randbytes(32)
    oct_ = {"kty": "oct", "k": encoded(secret), "kid": name, "alg": "HS256"}
    unnamed = {each: value for each, value in at.jwk("rsa", kid=name).items() if each != "alg"}
    yield "a secret that everybody can read", oct_, hmac_of(at.header(kid=name), claims, secret)
    yield "a key without `alg` for a secret", unnamed, hmac_of(at.header(kid=name), claims, pem_of(unnamed))
    for alg in ("RS384", "PS256"):
        key = at.jwk("rsa", kid=name, alg=alg)
        yield f"a key for {alg}", key, signed(at.header("rsa", kid=name, alg=alg), claims, "rsa", alg)


ISSUERS = {
    "another provider": lambda own: "https://accounts.example",
    "a slash more": lambda own: own + "/",
    "its beginning": lambda own: own[:-1],
    "another tenant of the same provider": lambda own: own.rpartition("/")[0] + "/another",
    "the provider without the tenant": lambda own: own.rpartition("/")[0],
    "more than it": lambda own: own + "-2",
    "http in the place of https": lambda own: own.replace("https", "http"),
    "without the scheme": lambda own: own.partition("//")[2],
    "a host that begins like it": lambda own: own.replace(".example", ".example.mallory.localhost"),
    "it in somebody's query": lambda own: f"http://mallory.localhost/?{own}",
    "capital letters": lambda own: own.upper(),
    "a blank more": lambda own: own + " ",
    "a line more": lambda own: own + "\n",
    "a list with it": lambda own: [own],
    "an object with it": lambda own: {own: True},
    "nothing": lambda own: "",
    "null": lambda own: NULL,
    "none": lambda own: None,
}


# `aud`. Whether a token for us and for others is good is not asked.
MEANT_FOR = {
    "another client": lambda own: "tea-hr",
    "a list with another client": lambda own: ["tea-hr"],
    "a list with two others": lambda own: ["tea-hr", "tea-club"],
    "the beginning of our name": lambda own: own[:-1],
    "the end of our name": lambda own: own[1:],
    "more than our name": lambda own: own + "-2",
    "more before our name": lambda own: "my-" + own,
    "our name and another one in a text": lambda own: f"{own} tea-hr",
    "our name in capitals": lambda own: own.upper(),
    "our name with a blank": lambda own: own + " ",
    "an empty list": lambda own: [],
    "a list in a list": lambda own: [[own]],
    "an object": lambda own: {own: True},
    "a number": lambda own: 1,
    "true": lambda own: True,
    "nothing": lambda own: "",
    "null": lambda own: NULL,
    "nobody": lambda own: None,
}

# Dates, in seconds from now; None leaves the claim out, and text stands for itself. A minute is nobody's matter.
OUT_OF_TIME = {
    "over since a minute and some seconds": {"exp": -63, "iat": -180},
    "over since two minutes": {"exp": -120, "iat": -240},
    "over since a week": {"exp": -604_800, "iat": -604_920},
    "over since ten years": {"exp": -315_000_000, "iat": -315_000_120},
    "no end": {"exp": None},
    "an end that is no number": {"exp": "tomorrow"},
    "an end that is null": {"exp": NULL},
    "no date of issue": {"iat": None},
    "a date of issue that is no number": {"iat": "today"},
    "a date of issue that is null": {"iat": NULL},
    "issued in a minute and a quarter": {"iat": 75},
    "issued in two minutes": {"iat": 120, "exp": 240},
    "issued tomorrow": {"iat": 86_400, "exp": 86_520},
}

KINDS = {
    "no type": {"typ": None},
    "a type that is null": {"typ": NULL},
    "an empty type": {"typ": ""},
    "any JWT": {"typ": "JWT"},
    "an access token": {"typ": "at+jwt"},
    "a security event": {"typ": "secevent+jwt"},
    "a type that begins like ours": {"typ": "logout+jwt+x"},
    "a type that ends like ours": {"typ": "no-logout+jwt"},
    "the beginning of our type": {"typ": "logout"},
    "the end of our type": {"typ": "jwt"},
    "our type in the content's place": {"typ": "JWT", "cty": "logout+jwt"},
    "a type that is a number": {"typ": 1},
    "a type that is a list": {"typ": ["logout+jwt"]},
    "a type that is an object": {"typ": {"logout+jwt": True}},
}

EVENTS = {
    "none": None,
    "null": NULL,
    "true": True,
    "an empty object": {},
    "an empty list": [],
    "the event's name": EVENT,
    "a list with the event's name": [EVENT],
    "a list with the event in an object": [{EVENT: {}}],
    "another event": {"http://schemas.openid.net/event/frontchannel-logout": {}},
    "two other events": {"https://schemas.openid.net/secevent/caep/event-type/session-revoked": {}, "logout": {}},
    "the end of the event's name": {"backchannel-logout": {}},
    "the beginning of the event's name": {EVENT[:-1]: {}},
    "more than the event's name": {f"{EVENT}/2": {}},
    "the event's name with https": {EVENT.replace("http:", "https:"): {}},
    "the event's name in capitals": {EVENT.upper(): {}},
    "the event's name within another event": {"logout": {EVENT: {}}},
    "the event's name with null": {EVENT: None},
    "the event's name with true": {EVENT: True},
    "the event's name with a text": {EVENT: "yes"},
    "the event's name with a number": {EVENT: 1},
    "the event's name with an empty text": {EVENT: ""},
    "the event's name with an empty list": {EVENT: []},
    "the event's name with a list of one object": {EVENT: [{}]},
}

NONCES = {
    "a nonce": "n-0S6_WzA2Mj",
    "an empty nonce": "",
    "a nonce that is null": NULL,
    "a nonce that is zero": 0,
    "a nonce that is false": False,
    "a nonce that is a list": [],
    "a nonce that is an object": {},
}

# Whose login? `sub` and `sid`; None leaves one out.
NOBODY = {
    "neither": (None, None),
    "two empty ones": ("", ""),
    "an empty subject": ("", None),
    "an empty login": (None, ""),
    "a subject that is null": (NULL, None),
    "a login that is null": (None, NULL),
    "a subject that is a number": (7, None),
    "a login that is a number": (None, 7),
    "a subject that is true": (True, None),
    "a login that is true": (None, True),
    "a subject that is a list": (["alice"], None),
    "a login that is a list": (None, ["login"]),
    "a subject that is an object": ({"$ne": ""}, None),
    "a login that is an object": (None, {"$ne": ""}),
}

NO_NUMBER = {"none": None, "null": NULL, "a number": 7, "true": True, "a list": ["once"], "an object": {"$ne": ""}}


def odd_tokens(at):
    """Return what is no token at all, or odd in another way."""
    head, body, end = at.token().split(".")
    return {
        "nothing": "",
        "dots": "..",
        "two parts": f"{head}.{body}",
        "four parts": f"{head}.{body}.{end}.{end}",
        "no base64url": "é.é.é",
        "no JSON": ".".join([encoded(b"tea")] * 3),
        "a header that is a list": f"{encoded(b'[]')}.{body}.{end}",
        "claims that are a list": signed(at.header(), [at.claims()], "ec"),
        "claims that are a text": signed(at.header(), "alice", "ec"),
        "an RSA signature under the name of the other key": signed(
            at.header(kid=at.kids["ec"], alg="RS256"), at.claims(), "rsa"
        ),
        "a name of a key that is an object": signed(at.header(kid={"$ne": ""}), at.claims(), "ec"),
        "a name that nobody published": signed(at.header(kid=at.draw.word()), at.claims(), "ec"),
        "a type that is deeply nested": signed(at.header(typ=json.loads("[" * 400 + "]" * 400)), at.claims(), "ec"),
        "an extension that one must understand": signed(at.header(crit=["tea"], tea=1), at.claims(), "ec"),
        "no type": at.token({"typ": None}),
        "a type that is a number": at.token({"typ": 1}),
        "no events": at.token(events=None),
        "events that are a number": at.token(events=7),
        "an event that is null": at.token(events={EVENT: None}),
        "a client that is a number": at.token(aud=1),
        "no client": at.token(aud=None),
        "a date that is a text": at.token(exp="tomorrow"),
        "neither subject nor login": at.token(sub=None, sid=None),
        "a login that is a number": at.token(sub=None, sid=7),
    }


# What a provider may publish besides.
ODD_KEYS = {
    "a key with nothing in it": {},
    "a key without a name": {"kty": "EC", "crv": "P-256", "alg": "ES256"},
    "a key of a kind that is not known yet": {"kty": "TEA", "kid": "tea-1", "alg": "TEA256"},
    "a key with a list for a name": {"kty": "EC", "kid": ["x"], "alg": "ES256"},
    "a key to encrypt with": {"kty": "RSA", "kid": "enc-1", "use": "enc", "alg": "RSA-OAEP", "n": "AQAB", "e": "AQAB"},
}


@promise()
def test_who_leaves_is_out_everywhere(lab, shop, alice, bob):
    """Alice, who leaves Tea HR and Tea Identity, is logged out of the shop as well, and Bob is not."""
    for browser in (alice, bob):
        log_in(browser, shop)
        log_in(browser, lab.hr)
        assert is_logged_in(browser, shop), "Somebody logged in at the shop, and is not let in."
    leave(alice, lab.hr)

    assert not is_logged_in(alice, shop), "Alice left at Tea HR, the provider told the shop, and she is still in there."
    assert is_logged_in(bob, shop), "Alice left, and Bob is logged out."


@promise()
def test_a_good_token_is_read(at):
    """A token that is as it should be is read to seconds before its end, and its claims are returned."""
    now = int(time.time())
    good = {
        "signed with RS256": signed(at.header("rsa"), at.claims(), "rsa"),
        "signed with ES256": signed(at.header("ec"), at.claims(), "ec"),
        "with a login and no subject": at.token(sub=None),
        "with a subject and no login": at.token(sid=None),
        "with a subject of one character": at.token(sub="7", sid=None),
        "with a login of one character": at.token(sub=None, sid="0"),
        "for us, in a list": at.token(aud=[at.client]),
        "that says more than one needs": at.token(toe=now, txn=at.draw.word()),
        "that was issued a minute ago": at.token(iat=now - 60, exp=now + 60),
        "that ends in ten seconds": at.token(iat=now - 110, exp=now + 10),
    }
    for row, token in good.items():
        at.reads(token, f"one {row}")
    for which in ("rsa", "ec"):
        at.reads(signed(at.header(which), at.claims(), which), f"the only key is {which}", [at.jwk(which)])


@promise(
    points=2,
    after=test_who_leaves_is_out_everywhere,
    asvs="9.1.1",
    cwe=347,
    hints=[
        "`attacks.write_a_logout_token(lab)`: what does `verify_signature: False` leave of the library's work?",
        "`jwt.PyJWK(…)` makes a key of what the provider publishes. Which of them does the token name?",
    ],
)
def test_only_the_provider_signs(at, lab):
    """A token that the provider did not sign is refused."""
    at.refuses(not_signed(at), "A token that the provider did not sign")

    outcome = write_a_logout_token(lab)
    assert not outcome, f"Mallory signed a logout token with her own key: {outcome.story}"


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="9.1.2",
    cwe=347,
    hints=[
        "Who writes the header of a token? Who decides by which key and by which algorithm it is verified?",
        "A published key has an `alg`. What may that be, and what may it not be?",
        "What if the header names no key, or one that is not among `keys`, or one that is for something else?",
    ],
)
def test_key_and_algorithm_are_the_providers(at):
    """A token is verified with the published key that its header names, by RS256 or ES256, whichever that key is for,
    and with nothing that it brings or asks for.
    """
    at.refuses(other_algorithms(at), "A token with another algorithm")
    for what, key, token in published_for_another_use(at):
        said = f"The provider publishes {what}, and a token was verified with that."
        at.refuses_one(token, said, [*at.keys, key])
    at.refuses(other_keys(at), "A token with the wrong key or the wrong name of one")
    for what, keys in {"no key": [], "the other key alone": [at.jwk("rsa")]}.items():
        token = signed(at.header(), at.claims(), "ec")
        at.refuses_one(token, f"The provider publishes {what}, and its token was taken.", keys)


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="9.2.2",
    cwe=345,
    hints=[
        "`attacks.send_another_token_of_hers(lab)`: the provider signs ID tokens and access tokens with the same key.",
        "PyJWT does not look at the type. Which function of it returns the header?",
        "Print what `moves.last_logout_token(lab)` has in its `events` after a log-out. What could stand there?",
    ],
)
def test_it_is_a_logout_token(at, lab, shop, alice):
    """A token of another kind is refused, and so is one whose events are not that a login has ended."""
    at.refuses({row: at.token(header) for row, header in KINDS.items()}, "A token of another kind")
    at.refuses({row: at.token(events=each) for row, each in EVENTS.items()}, "A token with other events")

    outcome = send_another_token_of_hers(lab)
    assert not outcome, f"Mallory sent the shop an ID token of Alice's: {outcome.story}"
    own = str(lab.db.sessions.find({})[-1]["id_token"])
    assert is_logged_in(alice, shop) and tell_the_shop(lab, own) == 400, "The shop took its own ID token of Alice's."
    assert is_logged_in(alice, shop), "Somebody sent the shop its own ID token of Alice's, and she is out."


@promise(
    points=1,
    after=test_it_is_a_logout_token,
    asvs="10.5.5",
    cwe=345,
    hints=[
        "By which claim could a logout token pass for an ID token, where an application looks at nothing else?",
        "`claims.get(…)` says the same of a claim that is null and of one that is not there. Are they the same here?",
    ],
)
def test_there_is_no_nonce_in_it(at):
    """A token with a nonce is refused, whatever its value."""
    at.refuses({row: at.token(nonce=each) for row, each in NONCES.items()}, "A token that must have no nonce")


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="9.2.3",
    cwe=346,
    hints=[
        "Your function is told the issuer and the client. What does it do with them?",
        "Alice is a customer of Tea HR as well. For whom is the token that Tea HR got when she left?",
    ],
)
def test_it_is_from_this_issuer_and_for_us(at, lab, shop, alice):
    """A token of another issuer, or for other applications, is refused, however similar the name."""
    at.refuses({row: at.token(iss=other(at.issuer)) for row, other in ISSUERS.items()}, "Another issuer's token")
    at.refuses({row: at.token(aud=other(at.client)) for row, other in MEANT_FOR.items()}, "A token for others")

    log_in(alice, shop)
    assert tell_the_shop(lab, from_the_house(lab, aud="tea-hr")) == 400, "The shop took a token that is for Tea HR."
    assert is_logged_in(alice, shop), "A token that is for Tea HR logged Alice out of the shop."


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="9.2.1",
    cwe=613,
    hints=[
        "PyJWT checks a date that is there. What about one that is not?",
        "Which option of `jwt.decode` says that claims have to be there? Which of them does the TODO name?",
    ],
)
def test_it_has_its_time_and_its_number(at, lab, shop, alice):
    """A token whose time is over, has not come, or is not said is refused, and so is one without a number of its own:
    it could come again and again.
    """
    now = int(time.time())
    for row, dates in OUT_OF_TIME.items():
        claims = {name: now + each if isinstance(each, int) else each for name, each in dates.items()}
        at.refuses({row: at.token(**claims)}, "A token that is out of its time")
    at.refuses({row: at.token(jti=each) for row, each in NO_NUMBER.items()}, "A token whose `jti` is no text")

    log_in(alice, shop)
    token = from_the_house(lab)
    lab.clock.advance(minutes=4)
    assert tell_the_shop(lab, token) == 400, "The shop took a token whose time had been over for two minutes."
    assert is_logged_in(alice, shop), "A token of four minutes ago logged Alice out."


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="10.5.5",
    cwe=20,
    hints=[
        "`sid` is one login, `sub` is a person. What does a token end that has neither?",
        "The shop looks sessions up by what you return. What would it find by an empty text, or by an object?",
    ],
)
def test_it_says_whose_login_has_ended(at):
    """A token is refused that says neither whose login has ended nor which, or says it in something that is no text."""
    rows = {row: at.token(sub=sub, sid=sid) for row, (sub, sid) in NOBODY.items()}
    at.refuses(rows, "A token that says not whose login has ended")


@promise(
    points=1,
    after=test_it_is_a_logout_token,
    asvs="2.2.1",
    cwe=755,
    hints=[
        "Whatever is wrong with a token, the shop expects one kind of error. Which errors can your lines raise?",
        "What is in `keys` that you do not need? Do your lines stumble over it before they come to what they need?",
    ],
)
def test_whatever_comes_the_shop_stands(at, lab):
    """Whatever is odd in a token is refused with a `jwt.PyJWTError`; other keys, however odd, are in nobody's way."""
    at.issuer, at.client = lab.url("idp", ""), "tea-shop"
    for row, token in odd_tokens(at).items():
        answer = at.refuses_one(token, f"An odd token was taken for good: {row}.")
        # An error of the answer's own may be one of the library's as well: the shop knows.
        refused = answer.type in REFUSALS or is_refused_by_the_shop(at, lab, token)
        assert refused, f"An odd token ({row}) brought up {answer.type}, which the shop does not expect."

    for row, key in ODD_KEYS.items():
        at.reads(at.token(), f"the provider publishes {row} as well", at.draw.sample([*at.keys, key], 3))


def is_refused_by_the_shop(at, lab, token):
    """Tell whether the shop refuses a token that names this provider's keys, which are then published."""
    rows = lab.db.idp_keys
    for which, kid in at.kids.items():
        row = {"_id": kid, "alg": ALGORITHM[which], "jwk": at.jwk(which), "until": lab.clock.now() + LIFE}
        rows.replace_one({"_id": kid}, row, upsert=True)
    return tell_the_shop(lab, token) == 400


def from_the_house(lab, **changes):
    """Return a logout token of Tea Identity's for the newest login, with other claims in their place."""
    identity = house(lab)
    session = identity.rows("logins").find()[-1]
    claims = identity.decide.logout_claims(session, identity.issuer, "tea-shop", identity.now())
    return identity.sign("logout_token", "logout+jwt", claims | changes, "RS256")
