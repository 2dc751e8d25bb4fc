"""Find out who logged in, and that the provider says so, to us.

What `read_id_token` promises about tokens of a provider, of other providers, and of Mallory.
"""

import json
import time
from dataclasses import dataclass
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from labsrv.grading import Answer, Raised, promise
from labsrv.labs.oidc.attacks import bring_a_token_of_the_club, sign_with_another_key
from labsrv.labs.oidc.by_hand import encoded, pem_of, unsigned
from labsrv.labs.oidc.moves import changed_on_the_line
from labsrv.labs.oidc.people import CLIENT_ID, is_logged_in, log_in
from labsrv.provider.rows.signing import key_pair, public_jwk

PLACE = 4
DECIDES = ("read_id_token",)

ALGORITHM = {"rsa": "RS256", "ec": "ES256"}
NULL = object()  # a claim that is there, and null
# Every kind of error that the shop takes for a refusal.
REFUSALS = {name for name, each in vars(jwt.exceptions).items() if isinstance(each, type)}
LOG_OUT = {"http://schemas.openid.net/event/backchannel-logout": {}}


@dataclass
class AtProvider:
    """A provider's names and keys, all drawn for this check, and what the shop's function makes of its tokens."""

    decision: Any
    process: Any
    draw: Any

    def __post_init__(self):
        self.issuer = f"https://{self.draw.word()}.example/{self.draw.word()}"
        self.client, self.sub = self.draw.word(), self.draw.word()
        self.kids = {"rsa": self.draw.word(), "ec": self.draw.word()}
        self.keys = [self.jwk(which) for which in self.draw.sample(["rsa", "ec"], 2)]

    def jwk(self, which, **more):
        """Return a key as it is published."""
        alg = ALGORITHM[which]
        return public_jwk(private(which), alg) | {"kid": self.kids[which], "use": "sig", "alg": alg} | more

    def header(self, which="ec", **changes):
        """Return the header of a good token; None leaves a part out."""
        return changed({"alg": ALGORITHM[which], "kid": self.kids[which], "typ": "JWT"}, changes)

    def claims(self, **changes):
        """Return the claims of a good token, with others in their place; None leaves one out."""
        now = int(time.time())
        good = {"iss": self.issuer, "sub": self.sub, "aud": self.client, "iat": now, "exp": now + 600}
        return changed(good | {"nonce": self.draw.word()}, changes)

    def token(self, header=None, **claims):
        """Return a token that this provider has signed, with either of its keys."""
        which = self.draw.choice(["rsa", "ec"])
        return signed(self.header(which, **header or {}), self.claims(**claims), which)

    def read(self, token, keys=None):
        """Return what the function makes of a token."""
        return self.decision.read_id_token(token, self.keys if keys is None else keys, self.issuer, self.client)

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


# Who signed? Mallory writes the claims of a login of Alice's, and has no key of the provider's.
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


# Dates, in seconds from now; None leaves the claim out, and text stands for itself. A minute is nobody's matter.
OUT_OF_TIME = {
    "over since a minute and some seconds": {"exp": -63, "iat": -600},
    "over since two minutes": {"exp": -120, "iat": -600},
    "over since a week": {"exp": -604_800, "iat": -605_700},
    "over since ten years": {"exp": -315_000_000, "iat": -315_000_600},
    "no end": {"exp": None},
    "an end that is no number": {"exp": "tomorrow"},
    "an end that is null": {"exp": NULL},
    "no date of issue": {"iat": None},
    "a date of issue that is no number": {"iat": "today"},
    "a date of issue that is null": {"iat": NULL},
    "good from tomorrow on": {"nbf": 86_400, "exp": 90_000},
    "good in two minutes": {"nbf": 120},
    "issued tomorrow": {"iat": 86_400, "exp": 90_000},
    "issued in a minute and a quarter": {"iat": 75},
    "issued in two minutes": {"iat": 120},
}

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

# `aud`, and what else says for whom a token is.
MEANT_FOR = {
    "another client": lambda own: {"aud": "tea-club"},
    "a list with another client": lambda own: {"aud": ["tea-club"]},
    "us and another client": lambda own: {"aud": [own, "tea-club"]},
    "another client and us": lambda own: {"aud": ["tea-club", own]},
    "us and another client, and we asked": lambda own: {"aud": [own, "tea-club"], "azp": own},
    "us, and another client asked": lambda own: {"azp": "tea-club"},
    "us in a list, and another client asked": lambda own: {"aud": [own], "azp": "tea-club"},
    "another client, and we asked": lambda own: {"aud": "tea-club", "azp": own},
    "us, and a client asked whose name begins with ours": lambda own: {"azp": own + "-2"},
    "us, and a client asked whose name is the beginning of ours": lambda own: {"azp": own[:-1]},
    "the beginning of our name": lambda own: {"aud": own[:-1]},
    "the end of our name": lambda own: {"aud": own[1:]},
    "more than our name": lambda own: {"aud": own + "-2"},
    "more before our name": lambda own: {"aud": "my-" + own},
    "our name and another one in a text": lambda own: {"aud": f"{own} tea-club"},
    "our name in capitals": lambda own: {"aud": own.upper()},
    "our name with a blank": lambda own: {"aud": own + " "},
    "an empty list": lambda own: {"aud": []},
    "a list in a list": lambda own: {"aud": [[own]]},
    "an object": lambda own: {"aud": {own: True}},
    "a number": lambda own: {"aud": 1},
    "nothing": lambda own: {"aud": ""},
    "null": lambda own: {"aud": NULL},
    "nobody": lambda own: {"aud": None},
}

KINDS = {
    "an access token": {"typ": "at+jwt"},
    "an access token, with the type in full": {"typ": "application/at+jwt"},
    "a log-out token": {"typ": "logout+jwt"},
    "a security event": {"typ": "secevent+jwt"},
    "a type that begins like ours": {"typ": "JWT+x"},
    "a type that ends like ours": {"typ": "at+JWT"},
    "a type that is a number": {"typ": 1},
    "a type that is a list": {"typ": ["JWT"]},
    "a type that is an object": {"typ": {"JWT": True}},
}

SUBJECTS = {
    "nobody": None,
    "null": NULL,
    "an empty text": "",
    "256 characters": "x" * 256,
    "5,000 characters": "x" * 5_000,
    "a number": 7,
    "zero": 0,
    "true": True,
    "a list": ["alice"],
    "an object": {"$ne": ""},
}


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
        "a type that is a number": at.token({"typ": 1}),
        "a subject that is a number": at.token(sub=7),
        "a client that is a number": at.token(aud=1),
        "a date that is a text": at.token(exp="tomorrow"),
        "no subject": at.token(sub=None),
        "no client": at.token(aud=None),
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
def test_alice_logs_in(shop, alice, bob):
    """Alice logs in at Tea Identity, and Bob at Fakebook."""
    log_in(alice, shop)
    log_in(bob, shop, "social")

    assert is_logged_in(alice, shop), "Alice's login at Tea Identity came to nothing."
    assert is_logged_in(bob, shop), "Bob's login at Fakebook, which signs with ES256, came to nothing."


@promise()
def test_a_good_token_is_read(at):
    """A token that is as it should be is read to seconds before its end, and its claims are returned."""
    now = int(time.time())
    good = {
        "signed with RS256": signed(at.header("rsa"), at.claims(), "rsa"),
        "signed with ES256": signed(at.header("ec"), at.claims(), "ec"),
        "for us alone, in a list": at.token(aud=[at.client]),
        "asked for by us": at.token(azp=at.client),
        "with no type": at.token({"typ": None}),
        "with a subject of one character": at.token(sub="7"),
        "with a subject of 255 characters": at.token(sub="x" * 255),
        "that says more than one needs": at.token(auth_time=now, amr=["pwd"], at_hash="x", email="a@b.example"),
        "that is good from now on": at.token(nbf=now),
        "that ends in ten seconds": at.token(iat=now - 590, exp=now + 10),
    }
    for row, token in good.items():
        at.reads(token, f"one {row}")
    for which in ("rsa", "ec"):
        at.reads(signed(at.header(which), at.claims(), which), f"the only key is {which}", [at.jwk(which)])


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="9.1.1",
    cwe=347,
    hints=[
        "What does `verify_signature: False` leave of the library's work?",
        "`jwt.PyJWK(…)` makes a key of what the provider publishes. Which of them does the token name?",
        '"TLS instead of the signature" (Core, 3.1.3.7, 6) holds for the connection. Who sits on it here?',
    ],
)
def test_only_the_provider_signs(at, lab):
    """A token that the provider did not sign is refused."""
    at.refuses(not_signed(at), "A token that the provider did not sign")

    outcome = sign_with_another_key(lab)
    assert not outcome, f"Mallory signed a token with her own key: {outcome.story}"


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="9.1.2",
    cwe=347,
    hints=[
        "Who writes the header of a token? Who decides how it is verified?",
        "A published key has an `alg`. What may that be, and what may it not be?",
        "Read RFC 8725, 3.1, and the warning about `algorithms` in PyJWT's documentation.",
    ],
)
def test_the_algorithm_is_not_the_tokens_to_choose(at):
    """A token is verified with RS256 or ES256, whichever its key is for, and with nothing else that it asks for."""
    at.refuses(other_algorithms(at), "A token with another algorithm")
    for what, key, token in published_for_another_use(at):
        said = f"The provider publishes {what}, and a token was verified with that."
        at.refuses_one(token, said, [*at.keys, key])


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="9.1.3",
    cwe=347,
    hints=[
        "Where may a key come from: from the token, or from `keys`?",
        "What if the header names no key, or one that is not among them?",
        "Read OpenID Connect Core, 10.1, on `kid`.",
    ],
)
def test_the_key_is_the_one_that_is_named(at):
    """A token is verified with the published key that its header names, and with no other one."""
    at.refuses(other_keys(at), "A token with the wrong key or the wrong name of one")
    for what, keys in {"no key": [], "the other key alone": [at.jwk("rsa")]}.items():
        token = signed(at.header(), at.claims(), "ec")
        at.refuses_one(token, f"The provider publishes {what}, and its token was taken.", keys)


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="9.1.3",
    cwe=346,
    hints=[
        "Your function is told the issuer. What does it do with it?",
        "One provider may have many issuers, with the same keys. Is being similar enough?",
    ],
)
def test_the_issuer_is_the_one_that_was_asked(at):
    """A token of another issuer is refused, however similar the name, also if the same key signed it."""
    at.refuses({row: at.token(iss=other(at.issuer)) for row, other in ISSUERS.items()}, "Another issuer's token")


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="10.5.4",
    cwe=863,
    hints=[
        "Alice joins Mallory's club with the same provider. For whom is the token that Mallory has then?",
        "What does PyJWT say to a list of two audiences, of which one is right? What do you?",
        "Read OpenID Connect Core, 2, on `aud` and `azp`.",
    ],
)
def test_it_is_meant_for_us_alone(at, lab):
    """A token that is for another client, or for another one as well, or that another one asked for, is refused."""
    tokens = {row: at.token(**meant(at.client)) for row, meant in MEANT_FOR.items()}
    at.refuses(tokens, "A token that is meant for others")

    outcome = bring_a_token_of_the_club(lab)
    assert not outcome, f"Mallory brought the token with which Alice joined her club: {outcome.story}"


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="9.2.1",
    cwe=613,
    hints=[
        "PyJWT checks a date that is there. What about one that is not?",
        "Which option of `jwt.decode` says that claims have to be there?",
        "`options` has a member `require`: the names of claims without which a token is refused.",
    ],
)
def test_a_token_has_its_time(at):
    """A token whose time is over, has not come, or is not said is refused."""
    now = int(time.time())
    for row, dates in OUT_OF_TIME.items():
        claims = {name: now + each if isinstance(each, int) else each for name, each in dates.items()}
        at.refuses({row: at.token(**claims)}, "A token that is out of its time")


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="9.2.2",
    cwe=345,
    hints=[
        "The provider signs access tokens and log-out tokens with the same key. Where does it say what they are?",
        "PyJWT does not look at the type. `jwt.get_unverified_header` returns the header.",
        "A log-out token need not have a type. Which claim does it always have? (Back-Channel Logout, 2.4)",
    ],
)
def test_it_is_an_id_token(at):
    """A token of another kind, such as an access token or a log-out token, is refused."""
    tokens = {row: at.token(header) for row, header in KINDS.items()}
    tokens["a log-out token that says it is any JWT"] = at.token(events=LOG_OUT)
    tokens["a log-out token without a type"] = at.token({"typ": None}, events=LOG_OUT)
    at.refuses(tokens, "A token of another kind")


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="10.5.2",
    cwe=20,
    hints=[
        "By which claim does the shop find the account? What kind of value is it, and how long?",
        "Read OpenID Connect Core, 2, on `sub`.",
    ],
)
def test_it_is_about_somebody(at):
    """A token whose subject is missing, empty, longer than 255 characters, or no text is refused."""
    at.refuses(
        {row: at.token(sub=sub) for row, sub in SUBJECTS.items()}, "A token about nobody, or about who knows whom"
    )


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="2.2.1",
    cwe=755,
    hints=[
        "Whatever is wrong with a token, the shop expects one kind of error. Which errors can your lines raise?",
        "What is in `keys` that you do not need? Do your lines stumble over it before they come to what they need?",
    ],
)
def test_whatever_comes_the_shop_stands(at, lab, shop, alice):
    """Whatever is odd in a token is refused with a `jwt.PyJWTError`; other keys, however odd, are in nobody's way."""
    at.issuer, at.client = lab.url("idp", ""), CLIENT_ID
    for row, token in odd_tokens(at).items():
        answer = at.refuses_one(token, f"An odd token was taken for good: {row}.")
        # An error of the answer's own may be one of the library's as well: the shop knows.
        refused = answer.type in REFUSALS or is_refused_by_the_shop(lab, shop, alice, at.keys, token)
        assert refused, f"An odd token ({row}) brought up {answer.type}, which the shop does not expect."

    for row, key in ODD_KEYS.items():
        at.reads(at.token(), f"the provider publishes {row} as well", at.draw.sample([*at.keys, key], 3))


def is_refused_by_the_shop(lab, shop, alice, keys, token):
    """Tell whether the shop answers a login with these keys and this ID token by a refusal, not by an error."""
    with (
        changed_on_the_line(lab, "jwks", {"keys": keys}),
        changed_on_the_line(lab, "token_response", {"id_token": token}),
    ):
        return log_in(alice, shop).status == 400
