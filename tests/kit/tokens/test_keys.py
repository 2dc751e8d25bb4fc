"""Keys come in many forms; what cannot be read is said, and no key is ever printed."""

import datetime
import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from labsrv.kit.tokens.compact import BadToken, read_unverified
from labsrv.kit.tokens.keys import MOST_KEYS, BadKey, TokenKey, read_keys, thumbprint
from labsrv.kit.tokens.signatures import SIGNING, fits, new_key, sign, sign_again, signing_with, suits
from tests.kit.tokens.made_tokens import CLAIMS, SECRET, jwk, made, private_key, raw, signing_key
from tests.vectors import vector

PRIVATE = PrivateFormat.PKCS8


def pem_of(kind, private=False):
    """Return a key as PEM."""
    if private:
        return private_key(kind).private_bytes(Encoding.PEM, PRIVATE, NoEncryption())
    return private_key(kind).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def certificate():
    """Return a certificate of the RSA key."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.localhost")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, private_key("RSA").public_key(), 1, day, day.replace(year=2027))
    return builder.sign(private_key("RSA"), hashes.SHA256()).public_bytes(Encoding.PEM)


FORMS = {
    "a secret": ("oolong", ["secret, 6 bytes"]),
    "a secret as bytes": (b"\xff\xfe", ["secret, 2 bytes"]),
    "a secret that begins like JSON": ("{oolong}", ["secret, 8 bytes"]),
    "a JWK": (jwk(), ["RSA, 2048 bits, public"]),
    "a JWK as text": (json.dumps(jwk()), ["RSA, 2048 bits, public"]),
    "a secret as JWK": ({"kty": "oct", "k": "b29sb25n"}, ["secret, 6 bytes"]),
    "an EC key as JWK": (ECAlgorithm.to_jwk(private_key("EC")), ["EC, P-256, private"]),
    "an Ed25519 key as JWK": (OKPAlgorithm.to_jwk(private_key("OKP").public_key()), ["OKP, Ed25519, public"]),
    "a private RSA key as JWK": (RSAAlgorithm.to_jwk(private_key("RSA")), ["RSA, 2048 bits, private"]),
    "a JWKS": ({"keys": [jwk("one"), jwk("two")]}, ["RSA, 2048 bits, public"] * 2),
    "a list": ([SECRET, jwk()], ["secret, 40 bytes", "RSA, 2048 bits, public"]),
    "a public PEM": (pem_of("RSA"), ["RSA, 2048 bits, public"]),
    "a PEM with space before it": (b"\n  " + pem_of("EC"), ["EC, P-256, public"]),
    "a private PEM": (pem_of("OKP", private=True), ["OKP, Ed25519, private"]),
    "a certificate": (certificate(), ["RSA, 2048 bits, public"]),
    "an object": (private_key("EC"), ["EC, P-256, private"]),
    "a function": (lambda: [SECRET], ["secret, 40 bytes"]),
    "nothing": (None, []),
}


@pytest.mark.parametrize(("given", "what"), FORMS.values(), ids=FORMS)
def test_a_key_is_read_from(given, what):
    keys = read_keys(given)

    assert [key.what for key in keys.usable] == what
    assert keys.faults == ()


def failing():
    raise ConnectionError("the key server is away")


BAD = {
    "a PEM with nothing in it": ("-----BEGIN PUBLIC KEY-----\nQUFB\n-----END PUBLIC KEY-----", "no key can be read"),
    "a PEM cut off": (pem_of("RSA")[:100], "no key can be read"),
    "a kind that nobody knows": ({"kty": "quantum"}, "quantum"),
    "no kind": ({"kid": "one"}, "None"),
    "a kind that is a list": ({"kty": ["RSA"]}, "RSA"),
    "an RSA key without n": ({"kty": "RSA", "e": "AQAB"}, "no key that can be read"),
    "a secret that is no base64url": ({"kty": "oct", "k": "a+b"}, "'+'"),
    "keys that are no list": ({"keys": 7}, "no list"),
    "a number": (7, "int"),
    "a function that raises": (failing, "ConnectionError: the key server is away"),
    "a text of a million letters": ("x" * 1_000_000, "1,000,000 bytes"),
    "a point that is on no curve": ({"kty": "EC", "crv": "P-256", "x": "AA" * 16, "y": "AA" * 16}, "no key"),
}


@pytest.mark.parametrize(("given", "said"), BAD.values(), ids=BAD)
def test_what_is_no_key_is_said(given, said):
    keys = read_keys(given)

    assert keys.usable == () and said in keys.faults[0]


def test_one_bad_key_does_not_take_the_others_away():
    keys = read_keys({"keys": [jwk("one"), {"kty": "quantum", "kid": "two"}, jwk("three")]})

    assert [key.kid for key in keys.usable] == ["one", "three"]
    assert "key two" in keys.faults[0]


def test_of_many_keys_the_first_are_used():
    keys = read_keys({"keys": [{"kty": "oct", "k": "AA"}] * 1000})

    assert len(keys.usable) == MOST_KEYS and "1000" in keys.faults[0]


def test_no_key_prints():
    for key in (*read_keys([SECRET, jwk(), pem_of("RSA", private=True)]).usable, new_key("HS256")):
        assert "a secret" not in repr(key) and "BEGIN" not in repr(key) and "material" not in repr(key)


def test_a_hostile_kid_is_harmless_to_show():
    (key,) = read_keys(jwk("\u202e" * 500)).usable

    assert key.name.startswith(r"key \u202e") and len(key.name) < 600


def test_the_thumbprint_of_the_standard():
    given = vector("rfc/rfc7638_thumbprint.json")

    assert thumbprint(given["jwk"]) == given["thumbprint_sha256"]


def test_the_keys_of_rfc_7520():
    names = ["3_1.ec_public_key", "3_2.ec_private_key", "3_3.rsa_public_key", "3_4.rsa_private_key"]
    what = [read_keys(vector(f"jose-cookbook/jwk/{name}.json")).usable[0].what for name in names]

    assert what == ["EC, P-521, public", "EC, P-521, private", "RSA, 2048 bits, public", "RSA, 2048 bits, private"]


# Signing -------------------------------------------------------------------------------------------------------------

ALGS = [alg for alg in SIGNING if alg != "none"]


@pytest.mark.parametrize("alg", ALGS)
def test_what_is_signed_fits_and_nothing_else_does(alg):
    key, other = signing_key(alg), new_key(alg)
    signature = sign(alg, key, b"tea")

    assert fits(alg, key, b"tea", signature)
    assert not fits(alg, other, b"tea", signature)
    assert not fits(alg, key, b"tea!", signature)
    assert not any(fits(alg, key, b"tea", junk) for junk in (b"", signature[:-1], signature + b"\0", bytes(64)))
    assert not any(fits(each, key, b"tea", signature) for each in ALGS if each != alg)


def test_an_algorithm_takes_its_own_kind_of_key_only():
    assert not suits("ES384", signing_key("ES256")) and not suits("HS256", signing_key("RS256"))
    assert not suits("none", signing_key("HS256")) and not suits("XY1", signing_key("HS256"))


def test_a_public_key_signs_as_if_it_were_a_secret_and_never_otherwise():
    (key,) = read_keys(pem_of("RSA")).usable

    assert signing_with(key) == ["HS256", "HS384", "HS512"]
    assert sign("HS256", key, b"tea") == sign("HS256", TokenKey("text", "secret", pem_of("RSA")), b"tea")
    with pytest.raises(BadKey):
        sign("RS256", key, b"tea")


def test_a_private_key_as_a_secret_is_its_public_text():
    (key,) = read_keys(pem_of("RSA", private=True)).usable

    assert sign("HS256", key, b"tea") == sign("HS256", TokenKey("text", "secret", pem_of("RSA")), b"tea")


def test_signing_again_changes_the_algorithm_at_its_place():
    token = read_unverified(sign_again(made(kid="one"), "none", None))

    assert list(token.header.value.items()) == [("alg", "none"), ("typ", "JWT"), ("kid", "one")]
    assert token.claims.value == CLAIMS and token.signature.data == b""


def test_a_header_that_says_the_algorithm_already_stays_letter_by_letter():
    token = raw('{ "typ":"JWT",\r\n "alg":"HS256"}', "{}")

    assert sign_again(token, "HS256", signing_key("HS256")).split(".")[0] == token.split(".")[0]


UNSIGNABLE = {
    "no token": ("tea", "HS256", SECRET, BadToken),
    "a header that is no JSON": (raw("tea", "{}"), "HS256", SECRET, BadToken),
    "a header with a number beyond all": (raw('{"alg":"x","n":1e999}', "{}"), "HS256", SECRET, BadToken),
    "an algorithm that nobody signs with": (made(), "RS384", SECRET, BadKey),
    "no key": (made(), "HS256", None, BadKey),
    "a key of another kind": (made(), "RS256", SECRET, BadKey),
}


@pytest.mark.parametrize(("token", "alg", "key", "error"), UNSIGNABLE.values(), ids=UNSIGNABLE)
def test_what_cannot_be_signed_is_said(token, alg, key, error):
    keys = read_keys(key).usable

    with pytest.raises(error):
        sign_again(token, alg, keys[0] if keys else None)
