"""Decide beforehand which tokens are good.

What `read_access_token` promises about tokens of the shop, of others, and of Mallory. All of them are shown to the API.
"""

import json

import jwt
import pytest

from labsrv.grading import promise
from labsrv.kit.keys import Key
from labsrv.labs.jwt.compact import compact, hs256, jwk_of, key_pair, parts, rs256
from labsrv.labs.jwt.moves import edited, signature_of, signed_by_shop
from labsrv.labs.jwt.people import FIRST_KEY, SHOP, orders, sees_orders_of, sign_in, storage

PLACE = 3
DECIDES = ("read_access_token",)


def pem():
    """Return the shop's public key, as everybody has it."""
    return Key(FIRST_KEY, key_pair(f"shop {FIRST_KEY}").public_key()).pem


NULL = object()  # a claim that is there, and null


# Tokens without a signature of the shop: made from Alice's name and a token of Mallory's own.
UNSIGNED = {
    "her own signature left in place": lambda h, c, s: compact(h, c)[:-1] + "." + s,
    "no signature": lambda h, c, s: compact(h, c),
    "a signature of zeros": lambda h, c, s: compact(h, c, bytes(256)),
    "half of a signature": lambda h, c, s: compact(h, c)[:-1] + "." + s[:171],
    "a key of her own": lambda h, c, s: rs256(h, c, key_pair("mallory-1")),
    "a key of her own, with the key in the header": lambda h, c, s: rs256(
        h | {"jwk": jwk_of(key_pair("mallory-1"))}, c, key_pair("mallory-1")
    ),
}

# Algorithms that are Mallory's choice.
ALGORITHMS = {
    "none": lambda h, c: compact(h | {"alg": "none"}, c),
    "None": lambda h, c: compact(h | {"alg": "None"}, c),
    "NONE": lambda h, c: compact(h | {"alg": "NONE"}, c),
    "nOnE": lambda h, c: compact(h | {"alg": "nOnE"}, c),
    "none, without the last dot": lambda h, c: compact(h | {"alg": "none"}, c)[:-1],
    "no algorithm": lambda h, c: compact({"kid": h["kid"], "typ": "at+jwt"}, c),
    "HS256 with the public key": lambda h, c: hs256(h | {"alg": "HS256"}, c, pem()),
    "HS256 with the public key, less a line break": lambda h, c: hs256(h | {"alg": "HS256"}, c, pem().strip()),
    "HS256 with nothing": lambda h, c: hs256(h | {"alg": "HS256"}, c, b""),
    "ES256": lambda h, c: compact(h | {"alg": "ES256"}, c, bytes(64)),
    "EdDSA": lambda h, c: compact(h | {"alg": "EdDSA"}, c, bytes(64)),
    "an algorithm that there is not": lambda h, c: compact(h | {"alg": "TEA256"}, c, bytes(256)),
    "a list": lambda h, c: compact(h | {"alg": ["RS256", "none"]}, c),
    "a number": lambda h, c: compact(h | {"alg": 256}, c),
}
# What the shop's own key could sign with as well.
OF_OUR_KEY = ("RS384", "RS512", "PS256", "PS384", "PS512")

# Dates, in seconds from now; None leaves the claim out, and text stands for itself. A minute is nobody's matter.
OUT_OF_TIME = {
    "over since a minute and some seconds": {"exp": -62},
    "over since two minutes": {"exp": -120},
    "over since a week": {"exp": -604_800, "iat": -605_700},
    "over since ten years": {"exp": -315_000_000},
    "no end": {"exp": None},
    "an end that is no number": {"exp": "tomorrow"},
    "an end that is null": {"exp": NULL},
    "no date of issue": {"iat": None},
    "a date of issue that is no number": {"iat": "today"},
    "a date of issue that is null": {"iat": NULL},
    "good from tomorrow on": {"nbf": 86_400},
    "good in a minute and a quarter": {"nbf": 75},
    "good in two minutes": {"nbf": 120},
    "issued tomorrow": {"iat": 86_400, "exp": 90_000},
    "issued in a minute and a quarter": {"iat": 75},
    "issued in two minutes": {"iat": 120},
}

ISSUERS = {
    "Mallory's site": lambda own: own.replace("shop", "mallory"),
    "a slash more": lambda own: own + "/",
    "its beginning": lambda own: own[:-1],
    "its end": lambda own: own.partition("//")[2],
    "a host that begins like ours": lambda own: own.replace("shop", "shop.mallory"),
    "ours in somebody's query": lambda own: f"http://mallory.localhost/?{own}",
    "a part of it": lambda own: "shop",
    "capital letters": lambda own: own.upper(),
    "a blank more": lambda own: own + " ",
    "a list with ours in it": lambda own: [own],
    "nothing": lambda own: "",
    "null": lambda own: None,
}

AUDIENCES = {
    "the tea club": "tea-club",
    "a list of others": ["tea-club", "coffee-shop"],
    "the beginning of our name": "tea",
    "the end of our name": "shop",
    "more than our name": "tea-shop-2",
    "more before our name": "my-tea-shop",
    "our name and another one": "tea-shop tea-club",
    "capital letters": "TEA-SHOP",
    "a list of what begins like ours": ["tea-shop-2", "tea"],
    "an empty list": [],
    "a list in a list": [["tea-shop"]],
    "nothing": "",
    "null": None,
    "a number": 1,
    "an object": {"tea-shop": True},
}

TYPES = {
    "that of an ID token": "JWT",
    "that of a log-out token": "logout+jwt",
    "that of a refresh token": "rt+jwt",
    "none": None,
    "nothing": "",
    "the beginning of ours": "at",
    "the end of ours": "+jwt",
    "more than ours": "at+jwt+x",
    "more before ours": "chat+jwt",
    "ours behind another word": "logout/at+jwt",
    "a number": 1,
    "a list": ["at+jwt"],
    "an object": {"at+jwt": True},
}

# What is odd in another way: header and claims; None leaves a claim out.
ODD = {
    "a name that is a number": ({}, {"sub": 7}),
    "a name that is a list": ({}, {"sub": ["alice"]}),
    "a name that is an object": ({}, {"sub": {"$ne": ""}}),
    "a name that is null": ({}, {"sub": NULL}),
    "no name": ({}, {"sub": None}),
    "an extension that one must understand": ({"crit": ["tea"], "tea": 1}, {}),
    "a list of extensions with nothing in it": ({"crit": []}, {}),
    "a type that is deeply nested": ({"typ": json.loads("[" * 400 + "]" * 400)}, {}),
}


@pytest.fixture
def token(shop, alice):
    """Alice's access token."""
    sign_in(alice, shop)
    return storage(alice)["access_token"]


@pytest.fixture
def forged(shop, alice, mallory):
    """Header, claims and signature of Mallory's own token, with Alice's name in the claims."""
    sign_in(mallory, shop)
    own = storage(mallory)["access_token"]
    header, claims = edited(own, sub=alice.person.name)
    return header, claims, signature_of(own)


def must_be_refused(browser, shop, token, what):
    """Check that the API refused a token, and did not break."""
    answer = orders(browser, shop, token)
    assert answer.status == 401, f"{what} was answered with {answer.status}, not with 401."


def signed_with(token, alg, **claims):
    """Return a token of the shop, signed with another algorithm and the shop's own key."""
    header, own = edited(token, **claims)
    return jwt.encode(own, key_pair(f"shop {header['kid']}"), alg, headers=header | {"alg": alg})


def with_claims(token, header=None, **claims):
    """Return a token of the shop with claims replaced; None leaves one out."""
    given = {name: None if value is NULL else value for name, value in claims.items() if value is not None}
    return signed_by_shop(token, header, tuple(name for name in claims if name not in given), **given)


@promise()
def test_alice_sees_her_orders(shop, alice, bob):
    """Alice and Bob sign in, and each sees their own orders."""
    for person in (alice, bob):
        sign_in(person, shop)
        assert sees_orders_of(person, shop, person.person.name), f"{person.person.name} does not see any orders."


@promise()
def test_a_good_token_is_good_to_the_end(lab, shop, alice, token):
    """A token works until seconds before it ends, also if it is for several services, of which ours is one."""
    now = int(lab.clock.time())
    good = {
        "as the shop gave it": token,
        "for the tea club and us": signed_by_shop(token, aud=["tea-club", SHOP]),
        "for us alone, in a list": signed_by_shop(token, aud=[SHOP]),
        "which says that it is good from now on": signed_by_shop(token, nbf=now),
        "which says more than one needs": signed_by_shop(token, auth_time=now, azp="the app", amr=["pwd"]),
    }
    for row, each in good.items():
        assert orders(alice, shop, each).status == 200, f"A good token was refused: one {row}."

    lab.clock.advance(seconds=parts(token)[1]["exp"] - lab.clock.time() - 5)
    assert orders(alice, shop, token).status == 200, "A token was refused five seconds before its end."


@promise(
    points=3,
    after=test_alice_sees_her_orders,
    asvs="9.1.1",
    cwe=347,
    hints=[
        "What does `verify_signature: False` leave of the library's work?",
        "`jwt.decode` wants a key and a list of algorithms. You have the one, and have decided on the other.",
        "`jwt.decode` verifies with a key and a list `algorithms`, as long as nothing in `options` switches that off.",
    ],
)
def test_only_the_shop_signs(shop, mallory, forged):
    """A token with Alice's name in it that the shop did not sign is refused."""
    for row, forge in UNSIGNED.items():
        must_be_refused(mallory, shop, forge(*forged), f"A token that the shop did not sign ({row})")


@promise(
    points=2,
    after=test_alice_sees_her_orders,
    asvs="9.1.2",
    cwe=347,
    hints=[
        "Who writes the header of a token? Who decides how it is verified?",
        "Where does the list of algorithms in your call come from?",
        "The rule (RFC 8725, 3.1): a list that stands in your code, with one name in it; the token has no say.",
    ],
)
def test_the_algorithm_is_ours_to_choose(shop, alice, mallory, token, forged):
    """Whatever algorithm a token asks for, it is verified with RS256, and with none that our key could be used for."""
    header, claims, _ = forged
    for row, forge in ALGORITHMS.items():
        must_be_refused(mallory, shop, forge(header, claims), f"A token with an algorithm of Mallory's choice ({row})")
    for alg in OF_OUR_KEY:
        must_be_refused(alice, shop, signed_with(token, alg), f"A token signed with {alg}")


@promise(
    points=2,
    after=test_only_the_shop_signs,
    asvs="9.2.1",
    cwe=613,
    hints=[
        "PyJWT checks a date that is there. What about one that is not?",
        "Which option of `jwt.decode` says that claims have to be there?",
        '`options={"require": […]}` names claims that have to be there. PyJWT compares the dates that are there.',
    ],
)
def test_a_token_has_its_time(lab, shop, alice, token):
    """A token whose time is over, has not come, or is not said is refused."""
    for row, dates in OUT_OF_TIME.items():
        now = int(lab.clock.time())
        claims = {name: now + value if isinstance(value, int) else value for name, value in dates.items()}
        must_be_refused(alice, shop, with_claims(token, **claims), f"A token ({row})")


@promise(
    points=1,
    after=test_only_the_shop_signs,
    asvs="9.1.3",
    cwe=346,
    hints=[
        "Your function is told the issuer. What does it do with it?",
        "Is being similar enough?",
    ],
)
def test_the_issuer_is_the_shop(shop, alice, token):
    """A token of another issuer is refused, however similar the name."""
    for row, other in ISSUERS.items():
        must_be_refused(alice, shop, signed_by_shop(token, iss=other(shop.origin)), f"Another issuer ({row})")
    must_be_refused(alice, shop, signed_by_shop(token, without=("iss",)), "A token without an issuer")


@promise(
    points=2,
    after=test_only_the_shop_signs,
    asvs="9.2.3",
    cwe=863,
    hints=[
        "Alice gives the tea club a token that the shop signed. For whom is it meant?",
        "Your function is told the audience. What does it do with it?",
        "The rule (RFC 7519, 4.1.3): `aud` is a text or a list, and we are named in it. `jwt.decode` compares if told.",
    ],
)
def test_it_is_meant_for_us(shop, alice, token):
    """A token that is meant for another service, or for none, is refused."""
    for row, audience in AUDIENCES.items():
        must_be_refused(alice, shop, signed_by_shop(token, aud=audience), f"Another audience ({row})")
    must_be_refused(alice, shop, signed_by_shop(token, without=("aud",)), "A token for nobody")


@promise(
    points=2,
    after=test_only_the_shop_signs,
    asvs="9.2.2",
    cwe=345,
    hints=[
        "Look at `storage(lab.alice)`: the shop signed two tokens. In what do they differ?",
        "PyJWT does not look at the type. Which function of it returns the header along with the claims?",
        '`jwt.decode_complete` returns "header" and "payload". The `typ` is at+jwt or application/at+jwt, in any case.',
    ],
)
def test_it_is_an_access_token(shop, alice, token):
    """A token of the shop of another kind, such as an ID token, is refused."""
    for row, typ in TYPES.items():
        must_be_refused(alice, shop, signed_by_shop(token, header={"typ": typ}), f"A token with another type ({row})")
    answer = alice.fetch(shop.me, headers={"Authorization": f"Bearer {storage(alice)['id_token']}"}, from_=shop.url)
    assert answer.status == 401, f"Alice's ID token was taken for an access token: {answer.status}."


@promise(
    points=1,
    after=test_only_the_shop_signs,
    asvs="2.2.1",
    cwe=20,
    hints=[
        "Whatever is wrong with a token, your function raises one kind of error. Which one does the shop expect?",
        "Which claims does the shop use? Are they there, and what kind of value are they?",
    ],
)
def test_whatever_it_is_the_shop_stands(shop, alice, token):
    """A token that names nobody, or is odd in any other way, is refused like the rest."""
    for row, (header, claims) in ODD.items():
        must_be_refused(alice, shop, with_claims(token, header, **claims), f"An odd token ({row})")
