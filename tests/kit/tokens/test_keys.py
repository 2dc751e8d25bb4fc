"""Keys come in many forms; what cannot be read is said, and no key is ever printed."""

import codecs
import datetime
import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from labsrv.kit.tokens.keys import MOST_KEYS, read_keys, thumbprint
from labsrv.kit.tokens.signatures import new_key
from tests.kit.tokens.made_tokens import SECRET, jwk, pem_of, private_key
from tests.vectors import vector


def certificate():
    """Return a certificate of the RSA key."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.localhost")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, private_key("RSA").public_key(), 1, day, day.replace(year=2027))
    return builder.sign(private_key("RSA"), hashes.SHA256()).public_bytes(Encoding.PEM)


EC_PARAMETERS = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
BAG = b"Bag Attributes\n    friendlyName: shop\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n"
AS_TEXT = b"Public-Key: (2048 bit)\nModulus:\n    00:c3:1f\nExponent: 65537 (0x10001)\n"

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
    "a PEM after the parameters of its curve": (EC_PARAMETERS + pem_of("EC", private=True), ["EC, P-256, private"]),
    "two PEMs in one text": (pem_of("RSA") + pem_of("EC"), ["RSA, 2048 bits, public", "EC, P-256, public"]),
    "a chain of certificates": (certificate() * 2, ["RSA, 2048 bits, public"]),
    "a PEM after a mark": (b"\xef\xbb\xbf" + pem_of("RSA"), ["RSA, 2048 bits, public"]),
    "a PEM as PowerShell writes it": (
        codecs.BOM_UTF16_LE + pem_of("EC").decode().encode("utf-16-le"),
        ["EC, P-256, public"],
    ),
    "a PEM after what a keystore says of it": (BAG + pem_of("RSA", private=True), ["RSA, 2048 bits, private"]),
    "a PEM after what openssl says of it": (AS_TEXT + pem_of("RSA"), ["RSA, 2048 bits, public"]),
    "a PEM with Windows' line ends": (pem_of("RSA").replace(b"\n", b"\r\n"), ["RSA, 2048 bits, public"]),
    "a JWKS after a mark": (b"\xef\xbb\xbf" + json.dumps({"keys": [jwk()]}).encode(), ["RSA, 2048 bits, public"]),
    "a bare list of keys as text": (json.dumps([jwk("one"), jwk("two")]), ["RSA, 2048 bits, public"] * 2),
    "a secret that is a list": ("[1, 2]", ["secret, 6 bytes"]),
    "a secret with a mark before it": (b"\xef\xbb\xbftea", ["secret, 6 bytes"]),
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


LOCKED = private_key("EC").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"tea"))

BAD = {
    "a PEM with nothing in it": ("-----BEGIN PUBLIC KEY-----\nQUFB\n-----END PUBLIC KEY-----", "no key can be read"),
    "a PEM that is locked": (LOCKED, "locked with a passphrase"),
    "parameters without a key": (EC_PARAMETERS, "no key can be read"),
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
