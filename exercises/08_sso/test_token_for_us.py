"""Take an access token only if it was made for this API.

What `read_access_token` promises about tokens of a provider, for this API and for others, and of Mallory's. All names
and keys are drawn; each token is as it should be but for one thing.
"""

import json
import time
from dataclasses import dataclass
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from labsrv.grading import Answer, Raised, promise
from labsrv.labs.oidc.by_hand import encoded, pem_of, unsigned
from labsrv.labs.sso.attacks import use_the_clubs_token_for_pay, write_a_token_herself
from labsrv.labs.sso.moves import ask_api, claims_of
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import log_in, see_pay
from labsrv.provider.rows.signing import key_pair, public_jwk

PLACE = 5
DECIDES = ("read_access_token",)

ALGORITHM = {"rsa": "RS256", "ec": "ES256"}
NULL = object()  # a claim that is there, and null
# Every kind of error that the API takes for a refusal.
REFUSALS = {name for name, each in vars(jwt.exceptions).items() if isinstance(each, type)}


@dataclass
class AtProvider:
    """A provider's names and keys, all drawn for this check, and what the API's function makes of its tokens."""

    decision: Any
    process: Any
    draw: Any

    def __post_init__(self):
        self.issuer = f"https://{self.draw.word()}.example/{self.draw.word()}"
        self.audience = f"https://{self.draw.word()}.example/{self.draw.word()}"
        self.sub, self.client = self.draw.word(), self.draw.word()
        self.kids = {"rsa": self.draw.word(), "ec": self.draw.word()}
        self.keys = [self.jwk(which) for which in self.draw.sample(["rsa", "ec"], 2)]

    def jwk(self, which, **more):
        """Return a key as it is published."""
        alg = ALGORITHM[which]
        return public_jwk(private(which), alg) | {"kid": self.kids[which], "use": "sig", "alg": alg} | more

    def header(self, which="ec", **changes):
        """Return the header of a good token; None leaves a part out."""
        return changed({"alg": ALGORITHM[which], "kid": self.kids[which], "typ": "at+jwt"}, changes)

    def claims(self, **changes):
        """Return the claims of a good token, with others in their place; None leaves one out."""
        now = int(time.time())
        known = {"iss": self.issuer, "sub": self.sub, "aud": self.audience, "client_id": self.client}
        good = known | {"scope": "read", "iat": now, "exp": now + 600, "jti": self.draw.word()}
        return changed(good, changes)

    def token(self, header=None, **claims):
        """Return a token that this provider has signed, with either of its keys."""
        which = self.draw.choice(["rsa", "ec"])
        return signed(self.header(which, **header or {}), self.claims(**claims), which)

    def read(self, token, keys=None):
        """Return what the function makes of a token."""
        return self.decision.read_access_token(token, self.keys if keys is None else keys, self.issuer, self.audience)

    def reads(self, token, what, keys=None):
        """Check that a good token is read, and read right."""
        answer, wanted = self.read(token, keys), claims_of(token)
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


def signed(header, claims, which, alg=None):
    """Return a token, whatever its header says."""
    text, alg = unsigned(header, claims), alg or ("ES256" if which in ("ec", "mallory") else "RS256")
    return f"{text}.{encoded(jwt.get_algorithm_by_name(alg).sign(text.encode(), private(which)))}"


def hmac_of(header, claims, secret, alg="HS256"):
    """Return a token with an HMAC over it."""
    text = unsigned(header | {"alg": alg}, claims)
    return f"{text}.{encoded(jwt.get_algorithm_by_name(alg).sign(text.encode(), secret))}"


@pytest.fixture
def at(decision, process, draw):
    """A provider, and what the API's function makes of its tokens."""
    return AtProvider(decision, process, draw)


# Who signed? Mallory writes what a token of Alice's would say, and has no key of the provider's.
def not_signed(at):
    """Return tokens that the provider did not sign."""
    header, claims = at.header(), at.claims()
    text, own, good = unsigned(header, claims), at.token(sub="mallory"), at.token()
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
    rsa, claims, jwk = at.header("rsa"), at.claims(), at.jwk("rsa")
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
    others = ("RS384", "RS512", "PS256", "PS512")
    ours = {f"the provider's own key by {alg}": signed(rsa | {"alg": alg}, claims, "rsa", alg) for alg in others}
    odd = {
        "no algorithm": signed(at.header(alg=None), claims, "ec"),
        "a list of algorithms": signed(at.header(alg=["ES256", "none"]), claims, "ec"),
        "an algorithm that there is not": signed(at.header(alg="TEA256"), claims, "ec"),
        "HS256 under the name of the other key": hmac_of(at.header(), claims, pem_of(at.jwk("ec"))),
    }
    return spelt | hmacs | longer | ours | odd


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


def other_keys(at):
    """Return tokens that are signed with a key which is none of the provider's, or not the one that is named."""
    claims, ec = at.claims(), at.kids["ec"]
    own, jwk = at.draw.word(), public_jwk(private("mallory"), "ES256")
    brought = {"jwk": jwk | {"kid": own, "alg": "ES256", "use": "sig"}, "kid": own}
    there = {"jku": "http://mallory.localhost/jwks.json", "kid": own}
    return {
        "a key that it brings": signed(at.header(**brought), claims, "mallory"),
        "a key that it brings under the name of ours": signed(at.header(jwk=jwk | {"kid": ec}), claims, "mallory"),
        "a key that it says where to get": signed(at.header(**there), claims, "mallory"),
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

# `aud`, and what else might say where a token may be used. None leaves a claim out.
MEANT_FOR = {
    "another API of the house": lambda own: {"aud": own.rpartition("/")[0] + "/orders"},
    "another API, in a list": lambda own: {"aud": [own.rpartition("/")[0] + "/orders"]},
    "two other APIs": lambda own: {"aud": [own.rpartition("/")[0] + "/orders", own + "roll"]},
    "another API, and `resource` names ours": lambda own: {"aud": "https://orders.example", "resource": own},
    "another API, and `azp` names ours": lambda own: {"aud": "https://orders.example", "azp": own},
    "the application that it was made for": lambda own: {"aud": "tea-hr"},
    "an API whose address begins with ours": lambda own: {"aud": own + "roll"},
    "an API below ours": lambda own: {"aud": own + "/edit"},
    "the beginning of our address": lambda own: {"aud": own[:-1]},
    "the host of ours": lambda own: {"aud": own.rpartition("/")[0]},
    "our address with a slash": lambda own: {"aud": own + "/"},
    "our address with a query": lambda own: {"aud": own + "?x=1"},
    "our address with http": lambda own: {"aud": own.replace("https", "http")},
    "our address without the scheme": lambda own: {"aud": own.partition("//")[2]},
    "our address with a port": lambda own: {"aud": own.replace(".example", ".example:443")},
    "our address in capitals": lambda own: {"aud": own.upper()},
    "our address with a blank": lambda own: {"aud": own + " "},
    "our address with a line break": lambda own: {"aud": own + "\n"},
    "our address and another one in a text": lambda own: {"aud": f"{own} https://orders.example"},
    "our address in somebody's query": lambda own: {"aud": f"http://mallory.localhost/?{own}"},
    "an address like ours, in a list": lambda own: {"aud": [own + "/"]},
    "an empty list": lambda own: {"aud": []},
    "a list in a list": lambda own: {"aud": [[own]]},
    "an object": lambda own: {"aud": {own: True}},
    "a number": lambda own: {"aud": 1},
    "nothing": lambda own: {"aud": ""},
    "a star": lambda own: {"aud": "*"},
    "null": lambda own: {"aud": NULL},
    "nobody": lambda own: {"aud": None},
}

KINDS = {
    "an ID token": {"typ": "JWT"},
    "an ID token, in small letters": {"typ": "jwt"},
    "a token without a type": {"typ": None},
    "a type that is null": {"typ": NULL},
    "an empty type": {"typ": ""},
    "a logout token": {"typ": "logout+jwt"},
    "a security event": {"typ": "secevent+jwt"},
    "a proof of a key": {"typ": "dpop+jwt"},
    "a request": {"typ": "oauth-authz-req+jwt"},
    "a type that begins like ours": {"typ": "at+jwt+x"},
    "a type that ends like ours": {"typ": "that+jwt"},
    "a type in which ours is": {"typ": "application/x-at+jwt"},
    "another application type": {"typ": "application/jwt"},
    "a part of ours": {"typ": "at"},
    "another part of ours": {"typ": "t+jwt"},
    "a type with a blank": {"typ": "at+jwt "},
    "a type that is a number": {"typ": 1},
    "a type that is a list": {"typ": ["at+jwt"]},
    "a type that is an object": {"typ": {"at+jwt": True}},
    "a content type in the type's place": {"typ": None, "cty": "at+jwt"},
}

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

LACKING = {
    "whom it is about": {"sub": None},
    "whom it is about: null": {"sub": NULL},
    "whom it is about: a number": {"sub": 7},
    "whom it is about: a list": {"sub": ["alice"]},
    "whom it is about: an object": {"sub": {"$ne": ""}},
    "whom it is about: true": {"sub": True},
    "who brings it": {"client_id": None},
    "who brings it: null": {"client_id": NULL},
    "who brings it, under another name": {"client_id": None, "azp": "tea-hr"},
    "its own name": {"jti": None},
    "its own name: null": {"jti": NULL},
    "all three": {"sub": None, "client_id": None, "jti": None},
}


def malformed(at):
    """Return what is no token at all."""
    head, body, end = at.token().split(".")
    return {
        "nothing": "",
        "random characters, as for userinfo": at.draw.randbytes(32).hex(),
        "dots": "..",
        "two parts": f"{head}.{body}",
        "four parts": f"{head}.{body}.{end}.{end}",
        "no base64url": "é.é.é",
        "no JSON": ".".join([encoded(b"tea")] * 3),
        "a header that is a list": f"{encoded(b'[]')}.{body}.{end}",
        "claims that are a list": signed(at.header(), [at.claims()], "ec"),
        "claims that are a text": signed(at.header(), "alice", "ec"),
    }


def odd_tokens(at):
    """Return tokens that are odd in one place, where a line may stumble. Other checks see to it that none is taken."""
    nested = json.loads("[" * 400 + "]" * 400)
    return {
        "an RSA signature under the name of the other key": signed(
            at.header(kid=at.kids["ec"], alg="RS256"), at.claims(), "rsa"
        ),
        "a name of a key that is an object": signed(at.header(kid={"$ne": ""}), at.claims(), "ec"),
        "no name of a key": signed(at.header(kid=None), at.claims(), "ec"),
        "a name that nobody published": signed(at.header(kid=at.draw.word()), at.claims(), "ec"),
        "a type that is deeply nested": signed(at.header(typ=nested), at.claims(), "ec"),
        "an extension that one must understand": signed(at.header(crit=["tea"], tea=1), at.claims(), "ec"),
        "a type that is a number": at.token({"typ": 1}),
        "no type": at.token({"typ": None}),
        "a subject that is a number": at.token(sub=7),
        "an audience that is a number": at.token(aud=1),
        "a date that is a text": at.token(exp="tomorrow"),
        "no subject": at.token(sub=None),
        "no audience": at.token(aud=None),
        "no date of issue": at.token(iat=None),
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
def test_people_see_their_pay(lab, alice, bob):
    """Alice, who works in HR, sees everybody's pay, and Bob his own."""
    for browser in (alice, bob):
        log_in(browser, lab.hr)
        page = see_pay(browser, lab.hr)
        seen = page.status == 200 and page.sees(bob.person.name.title())
        assert seen, f"{browser.name.title()} logged in at Tea HR, and the API for pay says no."


@promise()
def test_a_good_token_is_read(at):
    """A token that is as it should be is read to seconds before its end, and its claims are returned."""
    now = int(time.time())
    good = {
        "signed with RS256": signed(at.header("rsa"), at.claims(), "rsa"),
        "signed with ES256": signed(at.header("ec"), at.claims(), "ec"),
        "with the type in full": at.token({"typ": "application/at+jwt"}),
        "for us alone, in a list": at.token(aud=[at.audience]),
        "with no scope": at.token(scope=None),
        "with a subject of one character": at.token(sub="7"),
        "about the application itself": at.token(sub=at.client),
        "that says more than one needs": at.token(auth_time=now, amr=["pwd"], acr="0", email="a@b.example"),
        "that is good from now on": at.token(nbf=now),
        "that ends in ten seconds": at.token(iat=now - 590, exp=now + 10),
        "that was made an hour ago, and is good for a day": at.token(iat=now - 3600, exp=now + 82_800),
    }
    for row, token in good.items():
        at.reads(token, f"one {row}")
    for which in ("rsa", "ec"):
        at.reads(signed(at.header(which), at.claims(), which), f"the only key is {which}", [at.jwk(which)])


@promise(
    points=2,
    after=test_people_see_their_pay,
    asvs="9.1.1",
    cwe=347,
    hints=[
        "`attacks.write_a_token_herself(lab)`: whose key has signed that token?",
        "What does `verify_signature: False` leave of the library's work?",
        "`jwt.PyJWK(…)` makes a key of what the provider publishes. Which of them does the token name?",
    ],
)
def test_only_the_provider_signs(at, lab):
    """A token that the provider did not sign is refused."""
    at.refuses(not_signed(at), "A token that the provider did not sign")

    outcome = write_a_token_herself(lab)
    assert not outcome, f"Mallory wrote a token about Alice, and signed it herself: {outcome.story}"


@promise(
    points=1,
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
    points=1,
    after=test_only_the_provider_signs,
    asvs="9.1.3",
    cwe=347,
    hints=[
        "Where may a key come from: from the token, or from `keys`?",
        "What if the header names no key, or one that is not among them?",
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
    asvs="9.2.3",
    cwe=863,
    hints=[
        "`attacks.use_the_clubs_token_for_pay(lab)`: for which API is the token that Mallory has?",
        "Which argument of `jwt.decode` says who we are? What does PyJWT check without it?",
        "Read RFC 9068, 4, on `aud`.",
    ],
)
def test_it_is_for_this_api(at, lab):
    """A token for another API, or for an application, is refused, however similar the address."""
    tokens = {row: at.token(**meant(at.audience)) for row, meant in MEANT_FOR.items()}
    at.refuses(tokens, "A token that is for others")

    outcome = use_the_clubs_token_for_pay(lab)
    assert not outcome, f"Mallory brought the token that is for Alice's orders: {outcome.story}"


@promise(
    points=2,
    after=test_only_the_provider_signs,
    asvs="9.2.2",
    cwe=345,
    hints=[
        "The provider signs ID tokens and logout tokens with the same key. Where does a token say what it is?",
        "PyJWT does not look at the type. Which function of it returns the header?",
        "Read RFC 9068, 4, on `typ`: which two values are there?",
    ],
)
def test_it_is_an_access_token(at, lab, alice):
    """A token of another kind, such as an ID token, is refused."""
    at.refuses({row: at.token(header) for row, header in KINDS.items()}, "A token of another kind")

    log_in(alice, lab.hr)
    known = claims_of(lab.db.hr_sessions.find()[-1]["access_token"])
    for typ, wanted in {"at+jwt": 200, "JWT": 401, "logout+jwt": 401}.items():
        token = house(lab).sign("id_token", typ, known, "RS256")
        status = ask_api(lab, "GET", "/pay", token).status
        assert status == wanted, f"A token about Alice is a signed {typ}, and the API for pay answered {status}."


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="9.2.1",
    cwe=613,
    hints=[
        "PyJWT checks a date that is there. What about one that is not?",
        "Which option of `jwt.decode` says that claims have to be there?",
        "Read about `require` in PyJWT's documentation, and RFC 7519, 4.1.4 to 4.1.6.",
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
    asvs="10.3.1",
    cwe=20,
    hints=[
        "RFC 9068, 2.2, has a list of what each access token says. Which of it does PyJWT miss by itself?",
        "By which claim does the API find a person? What kind of value is that?",
    ],
)
def test_it_says_what_it_has_to(at):
    """A token that does not say whom it is about, which application brings it, or what it is called is refused."""
    at.refuses({row: at.token(**claims) for row, claims in LACKING.items()}, "A token that does not say what it has to")


@promise(
    points=1,
    after=test_only_the_provider_signs,
    asvs="2.2.1",
    cwe=755,
    hints=[
        "Whatever is wrong with a token, the API expects one kind of error. Which errors can your lines raise?",
        "What is in `keys` that you do not need? Do your lines stumble over it before they come to what they need?",
    ],
)
def test_whatever_comes_the_api_stands(at, lab):
    """Whatever is odd in a token is refused with a `jwt.PyJWTError`; other keys, however odd, are in nobody's way."""
    at.issuer, at.audience = house(lab).issuer, lab.url("api", "/pay")
    publish(lab, at)
    for row, token in malformed(at).items():
        at.refuses_one(token, f"What is no token was taken for one: {row}.")
    for row, token in (malformed(at) | odd_tokens(at)).items():
        answer = at.read(token)
        at.process.raised.clear()
        expected = isinstance(answer, Answer) or answer.type in REFUSALS or is_refused_by_the_api(lab, token)
        assert expected, f"An odd token ({row}) brought up {answer.type}, which the API does not expect."

    for row, key in ODD_KEYS.items():
        at.reads(at.token(), f"the provider publishes {row} as well", at.draw.sample([*at.keys, key], 3))


def publish(lab, at):
    """Let Tea Identity publish the keys of this check."""
    for jwk in at.keys:
        lab.db.idp_keys.insert_one({"_id": jwk["kid"], "alg": jwk["alg"], "jwk": jwk, "until": None})


def is_refused_by_the_api(lab, token):
    """Tell whether the API says no to a token: an error of the answer's own may be one that it expects."""
    return ask_api(lab, "GET", "/pay", token.encode("ascii", "replace").decode() or "-").status == 401
