"""The secure verifiers of tokens: on the published vectors, on a hostile table, and on ten thousand mutants.

A verifier is all that a token goes through: `read_voucher` for those signed by hand, `read_api_token` for the API's.
"""

import base64
import json
import random
import string
import time
from collections import Counter

import jwt
import pytest

from labsrv.kit.keys import Key
from labsrv.labs.jwt.compact import compact, encoded, hs256, jwk_of, key_pair, octets, peek_unverified, rs256
from labsrv.labs.jwt.secure.base64url_decode import base64url_decode
from labsrv.labs.jwt.secure.read_access_token import read_access_token
from labsrv.labs.jwt.secure.verify_hs256 import verify_hs256
from tests.vectors import vector

SECRET = bytes(range(32))
ISSUER, AUDIENCE = "http://shop.localhost", "tea-shop"
HEADER = {"alg": "RS256", "kid": "tea", "typ": "at+jwt"}
MUTANTS = 5_000  # of each verifier


def read_voucher(token, key=SECRET):
    """Go the way of a voucher; raises `ValueError`."""
    for part in token.split("."):
        base64url_decode(part)
    return verify_hs256(token, key)


def read_api_token(token, key=None):
    """Go the way of an access token; raises `jwt.InvalidTokenError`."""
    peek_unverified(token)
    return read_access_token(token, key or Key("tea", key_pair("tea").public_key()), ISSUER, AUDIENCE)


def claims(**more):
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "iat": now, "exp": now + 900} | more


def without(*names):
    return {name: value for name, value in claims().items() if name not in names}


def signed(header=HEADER, payload=None):
    return rs256(header, claims() if payload is None else payload, key_pair("tea"))


def secret_of(jwk):
    return base64.urlsafe_b64decode(jwk["k"] + "==")


def altered(token):
    """Change one letter in the middle of the payload."""
    header, payload, signature = token.split(".")
    middle = len(payload) // 2
    other = "A" if payload[middle] != "A" else "B"
    return f"{header}.{payload[:middle]}{other}{payload[middle + 1 :]}.{signature}"


# The published vectors.


def rfc7515(id):
    return next(each for each in vector("rfc/rfc7515_appendix_a.json")["examples"] if each["id"] == id)


def cookbook(name):
    found = vector(f"jose-cookbook/jws/{name}.json")
    return found["input"], found["output"].get("compact")


def test_hs256_of_rfc_7515_a_1_is_accepted_octet_for_octet():
    given = vector("rfc/rfc7515_appendix_a.json")
    example = rfc7515("A.1")

    assert read_voucher(example["jws"], secret_of(example["jwk"])).decode() == given["payload_octets_utf8"]


def test_hs256_of_rfc_7520_4_4_is_accepted():
    given, token = cookbook("4_4.hmac-sha2_integrity_protection")

    assert read_voucher(token, secret_of(given["key"])).decode() == given["payload"]


def test_base64url_of_rfc_4648_and_rfc_7515_c():
    given = vector("rfc/rfc4648_base64url.json")

    for text, written in given["rows"]:
        assert base64url_decode(written) == text.encode()
    assert base64url_decode(given["rfc7515_c"]["b64url"]) == bytes(given["rfc7515_c"]["octets"])


@pytest.mark.parametrize("id", ["A.1", "A.2", "A.3", "A.5"])
def test_hs256_refuses_every_other_vector_and_an_altered_one(id):
    example = rfc7515(id)
    key = secret_of(rfc7515("A.1")["jwk"])
    token = altered(example["jws"]) if id == "A.1" else example["jws"]

    with pytest.raises(ValueError):
        read_voucher(token, key)


def test_hs256_refuses_detached_content_of_rfc_7520_4_5():
    given = vector("jose-cookbook/jws/4_5.signature_with_detached_content.json")
    signing = given["signing"]

    with pytest.raises(ValueError):
        read_voucher(f"{signing['protected_b64u']}..{signing['sig']}", secret_of(given["input"]["key"]))


RS256_VECTORS = {
    "RFC 7515, A.2": lambda: (rfc7515("A.2")["jws"], rfc7515("A.2")["jwk"]),
    "RFC 7520, 4.1": lambda: (cookbook("4_1.rsa_v15_signature")[1], cookbook("4_1.rsa_v15_signature")[0]["key"]),
}


@pytest.mark.parametrize("given", RS256_VECTORS.values(), ids=RS256_VECTORS)
def test_rs256_finds_the_published_signature_right_and_the_rest_against_the_policy(given):
    token, jwk = given()
    key = Key("", jwt.PyJWK({name: jwk[name] for name in ("kty", "n", "e")}, algorithm="RS256").key)

    # These are no access tokens of ours. The signature is looked at first: only an altered one fails for it.
    with pytest.raises(jwt.InvalidTokenError) as caught:
        read_api_token(token, key)
    assert not isinstance(caught.value, jwt.InvalidSignatureError)
    with pytest.raises(jwt.InvalidSignatureError):
        read_api_token(altered(token), key)


OTHER_ALGORITHMS = {
    "RFC 7515, A.1: HS256": lambda: rfc7515("A.1")["jws"],
    "RFC 7515, A.3: ES256": lambda: rfc7515("A.3")["jws"],
    "RFC 7515, A.5: none": lambda: rfc7515("A.5")["jws"],
    "RFC 7520, 4.2: PS384": lambda: cookbook("4_2.rsa-pss_signature")[1],
    "RFC 7520, 4.3: ES512": lambda: cookbook("4_3.ecdsa_signature")[1],
    "RFC 7520, 4.4: HS256": lambda: cookbook("4_4.hmac-sha2_integrity_protection")[1],
}


@pytest.mark.parametrize("given", OTHER_ALGORITHMS.values(), ids=OTHER_ALGORITHMS)
def test_the_api_accepts_no_other_algorithm(given):
    with pytest.raises(jwt.InvalidAlgorithmError):
        read_api_token(given())


# The hostile table.

ACCEPTED = {
    "as the shop signs it": lambda: signed(),
    "the type in full": lambda: signed(HEADER | {"typ": "application/at+jwt"}),
    "the type in capitals": lambda: signed(HEADER | {"typ": "AT+JWT"}),
    "for several services": lambda: signed(payload=claims(aud=["tea-club", AUDIENCE])),
    "a claim that nobody knows": lambda: signed(payload=claims(tea="oolong")),
    "blanks and line breaks in its JSON": lambda: signed(b'{"alg" :\r\n "RS256", "typ":"at+jwt"}'),
}

PEM = Key("tea", key_pair("tea").public_key()).pem
DEEP = b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}"

REFUSED = {
    "alg none": lambda: compact(HEADER | {"alg": "none"}, claims()),
    "alg None": lambda: compact(HEADER | {"alg": "None"}, claims()),
    "alg NONE": lambda: compact(HEADER | {"alg": "NONE"}, claims()),
    "alg nOnE": lambda: compact(HEADER | {"alg": "nOnE"}, claims()),
    "alg none and a signature": lambda: signed(HEADER | {"alg": "none"}),
    "no alg": lambda: signed({"typ": "at+jwt"}),
    "alg null": lambda: signed(HEADER | {"alg": None}),
    "alg a list": lambda: signed(HEADER | {"alg": ["RS256"]}),
    "alg an object": lambda: signed(HEADER | {"alg": {"a": "RS256"}}),
    "alg RS512": lambda: signed(HEADER | {"alg": "RS512"}),
    "alg in small letters": lambda: signed(HEADER | {"alg": "rs256"}),
    "HS256 with the public key": lambda: hs256(HEADER | {"alg": "HS256"}, claims(), PEM),
    "HS256 with the public key, stripped": lambda: hs256(HEADER | {"alg": "HS256"}, claims(), PEM.strip()),
    "HS256 with nothing": lambda: hs256(HEADER | {"alg": "HS256"}, claims(), b""),
    "another's key": lambda: rs256(HEADER, claims(), key_pair("mallory")),
    "another's key, brought along": lambda: rs256(
        HEADER | {"jwk": jwk_of(key_pair("mallory"))}, claims(), key_pair("mallory")
    ),
    "no signature": lambda: compact(HEADER, claims()),
    "a signature of zeros": lambda: compact(HEADER, claims(), bytes(256)),
    "an unknown extension": lambda: signed(HEADER | {"crit": ["tea"], "tea": 1}),
    "an empty crit": lambda: signed(HEADER | {"crit": []}),
    "an unencoded payload": lambda: signed(HEADER | {"crit": ["b64"], "b64": False}),
    "a kid that is a number": lambda: signed(HEADER | {"kid": 1}),
    "an ID token": lambda: signed(HEADER | {"typ": "JWT"}),
    "no type": lambda: signed({"alg": "RS256"}),
    "a type that is a list": lambda: signed(HEADER | {"typ": ["at+jwt"]}),
    "expired": lambda: signed(payload=claims(exp=int(time.time()))),
    "no exp": lambda: signed(payload=without("exp")),
    "exp null": lambda: signed(payload=claims(exp=None)),
    "exp infinite": lambda: signed(payload=claims(exp=float("inf"))),
    "exp not a number": lambda: signed(payload=claims(exp=float("nan"))),
    "exp a list": lambda: signed(payload=claims(exp=[])),
    "exp negative": lambda: signed(payload=claims(exp=-1)),
    "nbf tomorrow": lambda: signed(payload=claims(nbf=int(time.time()) + 86_400)),
    "nbf null": lambda: signed(payload=claims(nbf=None)),
    "no iat": lambda: signed(payload=without("iat")),
    "iat tomorrow": lambda: signed(payload=claims(iat=int(time.time()) + 86_400)),
    "iat infinite": lambda: signed(payload=claims(iat=float("inf"))),
    "no iss": lambda: signed(payload=without("iss")),
    "iss with a slash": lambda: signed(payload=claims(iss=ISSUER + "/")),
    "iss a part of ours": lambda: signed(payload=claims(iss="shop.localhost")),
    "iss a list": lambda: signed(payload=claims(iss=[ISSUER])),
    "no aud": lambda: signed(payload=without("aud")),
    "aud another": lambda: signed(payload=claims(aud="tea-club")),
    "aud a part of ours": lambda: signed(payload=claims(aud="tea")),
    "aud others": lambda: signed(payload=claims(aud=["tea-club", "tea-shop-2"])),
    "aud an object": lambda: signed(payload=claims(aud={AUDIENCE: 1})),
    "aud with a number": lambda: signed(payload=claims(aud=[1, AUDIENCE])),
    "no sub": lambda: signed(payload=without("sub")),
    "sub a number": lambda: signed(payload=claims(sub=7)),
    "a header that is a list": lambda: signed(b"[]"),
    "a header that is no JSON": lambda: signed(b"alg: RS256"),
    "a header that is no UTF-8": lambda: signed(b'{"alg":"RS256\xff"}'),
    "a header that is deeply nested": lambda: signed(DEEP),
    "claims that are a list": lambda: signed(payload=b"[]"),
    "claims that are no JSON": lambda: signed(payload=b"alice"),
    "claims that are deeply nested": lambda: signed(payload=DEEP),
    "two parts": lambda: signed().rpartition(".")[0],
    "four parts": lambda: signed() + ".e30",
    "nothing": lambda: "",
    "dots": lambda: "..",
    "undefined": lambda: "undefined",
    "letters beyond ASCII": lambda: "é.é.é",
    "a million letters": lambda: "a" * 1_000_000,
}


@pytest.mark.parametrize("made", ACCEPTED.values(), ids=ACCEPTED)
def test_what_is_good_is_accepted(made):
    assert read_api_token(made())["sub"] == "alice"


@pytest.mark.slow("all rows of the hostile table")
@pytest.mark.parametrize("made", REFUSED.values(), ids=REFUSED)
def test_what_is_hostile_is_refused_with_the_documented_error(made):
    with pytest.raises(jwt.InvalidTokenError):
        read_api_token(made())


def test_the_table_is_counted(record_figure):
    record_figure("tokens of the hostile table: accepted, refused", f"{len(ACCEPTED)}, {len(REFUSED)}")


# Mutants.

LETTERS = string.ascii_letters + string.digits + "-_"
STRANGE = LETTERS + "=.+/ \n\t\0!éλ\u0663\u2028\U0001f375"
ALGORITHMS = ["none", "None", "HS256", "HS512", "RS512", "PS256", "ES256", "", None, 1, ["RS256"], {}]
VALUES = [None, "", 0, -1, 10**30, 1e300, float("inf"), float("nan"), True, [], {}, "alice", "mallory", ["tea-shop"]]


def replaced(draw, token):
    at = draw.randrange(len(token))
    return token[:at] + draw.choice(STRANGE) + token[at + 1 :]


def inserted(draw, token):
    at = draw.randrange(len(token) + 1)
    return token[:at] + draw.choice(STRANGE) * draw.randint(1, 4) + token[at:]


def deleted(draw, token):
    at = draw.randrange(len(token))
    return token[:at] + token[at + draw.randint(1, 8) :]


def swapped(draw, token):
    parts = token.split(".")
    draw.shuffle(parts)
    return ".".join(parts[: draw.randint(1, 3)] + parts[: draw.randint(0, 2)])


def flipped(draw, token):
    """Flip one bit of the bytes behind one part."""
    parts = token.split(".")
    at = draw.randrange(3)
    data = bytearray(base64.urlsafe_b64decode(parts[at] + "=="))
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    parts[at] = encoded(bytes(data))
    return ".".join(parts)


def rewritten(draw, token):
    """Write another value into header or claims, and leave the signature."""
    parts = token.split(".")
    at = draw.randrange(2)
    said = json.loads(base64.urlsafe_b64decode(parts[at] + "=="))
    name = draw.choice([*said, "alg", "crit", "kid", "jwk", "nbf", "x"])
    said[name] = draw.choice(ALGORITHMS if name == "alg" else VALUES)
    parts[at] = encoded(octets(said))
    return ".".join(parts)


def nested(draw, token):
    parts = token.split(".")
    depth = draw.choice([10, 500, 2000])
    parts[draw.randrange(2)] = encoded(b'{"alg":' + b"[" * depth + b"]" * depth + b"}")
    return ".".join(parts)


KINDS = [replaced, inserted, deleted, swapped, flipped, rewritten, nested]


def meaning(token):
    """Return what a token says to a lenient reader: the bytes of header and claims."""
    return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")[:2]]


def outcomes(read, good, documented, seed):
    """Let a verifier read mutants of a good token: count what it accepts and refuses; anything else is raised here."""
    draw, counts = random.Random(seed), Counter()
    while counts.total() < MUTANTS:
        mutant = draw.choice(KINDS)(draw, good)
        if draw.random() < 0.3:
            mutant = draw.choice(KINDS[:3])(draw, mutant or good)
        if mutant == good:
            continue
        try:
            read(mutant)
        except documented:
            counts["refused"] += 1
        else:
            assert meaning(mutant) == meaning(good), f"accepted, and it means something else: {mutant!r}"
            counts["accepted"] += 1
    return counts


@pytest.mark.slow("thousands of tokens")
def test_no_mutant_of_an_access_token_is_accepted_or_breaks_anything(record_figure):
    counts = outcomes(read_api_token, signed(), jwt.InvalidTokenError, 7515)

    record_figure(
        "mutants of an access token: refused, accepted in another spelling",
        f"{counts['refused']:,}, {counts['accepted']}",
    )


def test_no_mutant_of_a_voucher_is_accepted_in_any_spelling(record_figure):
    good = hs256({"alg": "HS256"}, {"number": "f00d", "amount": 5}, SECRET)
    counts = outcomes(read_voucher, good, ValueError, 4648)

    record_figure(
        "mutants of a voucher: refused, accepted in another spelling", f"{counts['refused']:,}, {counts['accepted']}"
    )
    assert not counts["accepted"]


@pytest.mark.slow("a thousand tokens")
def test_what_the_shop_signs_by_mistake_is_refused_or_keeps_the_policy(record_figure):
    """Mutants that have a signature of the shop get as far as the claims; there as well, only one error comes out."""
    draw, good, counts = random.Random(8725), signed(), Counter()
    while counts.total() < 1_000:
        header, payload, _ = draw.choice([rewritten, nested, flipped])(draw, good).split(".")
        mutant = rs256(base64url_decode(header), base64url_decode(payload), key_pair("tea"))
        try:
            found = read_api_token(mutant)
        except jwt.InvalidTokenError:
            counts["refused"] += 1
        else:
            counts["accepted"] += 1
            assert found["iss"] == ISSUER and AUDIENCE in found["aud"] and isinstance(found["sub"], str)
            assert found["exp"] > time.time() and found["iat"] <= time.time()

    record_figure("mutants that are signed: refused, accepted", f"{counts['refused']}, {counts['accepted']}")
