"""Tokens in every state that the inspector knows: those whose signature nobody could check, and the others."""

import base64
import json

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from labsrv.kit.tokens.compact import decode, encode
from labsrv.kit.tokens.keys import TokenKey
from labsrv.kit.tokens.signatures import mac
from tests.kit.tokens.made_tokens import CLAIMS, NOW, SECRET, another_rsa, jwk, made, private_key, raw

PEM = private_key("RSA").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
JWKS = {"keys": [jwk("one"), jwk("two", n=jwk()["n"])]}
RS = made(alg="RS256", kid="one")
HEADER, BODY, SIGNATURE = made().split(".")


def edited(token, **claims):
    """Return the token with other claims, and the signature that it had."""
    header, _, signature = token.split(".")
    return f"{header}.{encode(json.dumps(CLAIMS | claims).encode())}.{signature}"


def confused(secret):
    """Return a token that is signed with the text of the public key."""
    signed = f"{encode(json.dumps({'alg': 'HS256', 'kid': 'one'}).encode())}.{BODY}"
    return f"{signed}.{encode(mac('HS256', secret, signed.encode()))}"


def cut_off(token):
    return token.rpartition(".")[0] + "."


MALLORY = TokenKey("Mallory's", "RSA", another_rsa())
BROUGHT = made(alg="RS256", key=MALLORY, jwk=RSAAlgorithm.to_jwk(another_rsa().public_key(), as_dict=True))

# name: (token, keys, state, what is said)
UNCHECKED = {
    "nothing": ("", SECRET, "empty", "no token"),
    "no token": ("hello", SECRET, "unreadable", "no dot"),
    "an encrypted token": ("a.b.c.d.e", SECRET, "unreadable", "JWE"),
    "a header that is no base64url": (f"!{HEADER}.{BODY}.{SIGNATURE}", SECRET, "unreadable", "'!'"),
    "a header that is no JSON": (raw("alg", "{}"), SECRET, "unreadable", "header"),
    "a header that is a list": (raw('["alg"]', "{}"), SECRET, "unreadable", "no object"),
    "a header without alg": (raw("{}", "{}"), SECRET, "unreadable", "names no algorithm"),
    "an alg that is a list": (raw('{"alg":["HS256"]}', "{}"), SECRET, "unreadable", "no text"),
    "padding": (f"{made()}=", SECRET, "unreadable", "'='"),
    "a second spelling of the signature": (made()[:-1] + "-", SECRET, "unreadable", "spelling"),
    "none": (made(alg="none"), SECRET, "unsigned", "alg is none"),
    "None": (raw('{"alg":"None"}', "{}", b""), SECRET, "unsigned", "alg is None"),
    "nOnE, with something in place of a signature": (raw('{"alg":"nOnE"}', "{}"), SECRET, "unsigned", "says nothing"),
    "no key": (made(), None, "unchecked", "No key was given"),
    "an empty set of keys": (made(), {"keys": []}, "unchecked", "No key was given"),
    "a key that cannot be read": (RS, "-----BEGIN PUBLIC KEY-----\nQUFB", "unchecked", "No key was given"),
    "a secret for RS256": (RS, SECRET, "unchecked", "is no key for RS256"),
    "a public key for HS256": (made(), PEM, "unchecked", "is no key for HS256"),
    "an unknown kid": (made(alg="RS256", kid="nine"), JWKS, "unchecked", "another kid"),
    "the kid of another key of the set": (
        made(alg="RS256", kid="two"),
        {"keys": [jwk("one")]},
        "unchecked",
        "It is that of key one",
    ),
    "a key brought along, and none given": (BROUGHT, None, "unchecked", "brought the key along"),
    "a kid that is no text": (made(alg="RS256", kid=["one"]), JWKS, "unchecked", "another kid"),
    "a key for another algorithm": (RS, jwk(alg="PS256"), "unchecked", "PS256 only"),
    "a key that signs only": (RS, jwk(key_ops=["sign"]), "unchecked", "without verify"),
    "a key to encrypt with": (RS, jwk(use="enc"), "unchecked", "use=enc"),
    "an algorithm that nobody knows": (raw('{"alg":"XY999"}', "{}"), SECRET, "unchecked", "none that this view"),
    "another curve": (made(alg="ES256").replace("x", "x"), jwk(), "unchecked", "is no key for ES256"),
}
CHECKED = {
    "another secret": (made(), b"another secret, of forty bytes as well!!", "broken", "not that of"),
    "an empty signature": (cut_off(made()), SECRET, "broken", "last part is empty"),
    "an empty signature, RSA": (cut_off(RS), JWKS, "broken", "last part is empty"),
    "half a signature": (f"{HEADER}.{BODY}.{encode(decode(SIGNATURE)[:16])}", SECRET, "broken", "16 bytes"),
    "edited claims": (edited(made(), sub="bob"), SECRET, "broken", "changed after they were signed"),
    "another algorithm than it says": (
        f"{HEADER}.{BODY}.{encode(mac('HS512', SECRET, f'{HEADER}.{BODY}'.encode()))}",
        SECRET,
        "broken",
        "made with HS512",
    ),
    "the secret without its line break": (made(), SECRET + b"\n", "broken", "without the spaces or line breaks"),
    "the secret, still in base64": (made(), base64.b64encode(SECRET), "broken", "decoded from base64"),
    "the secret, still in hex": (made(), SECRET.hex(), "broken", "decoded from hex"),
    "another key of the set": (
        made(alg="RS256", kid="two"),
        {"keys": [jwk("one"), TokenKey("two", "RSA", another_rsa().public_key(), kid="two")]},
        "broken",
        "It is that of key one",
    ),
    "a key brought along": (BROUGHT, jwk(), "broken", "brought the key along"),
    "a set of keys brought along": (made(jwk={"keys": [jwk()]}), b"another secret", "broken", "another key has signed"),
    "a public key's text as the secret": (confused(PEM), {"keys": [jwk()]}, "refused", "HMAC"),
    "the same, as a PEM without its last line break": (confused(PEM.rstrip()), PEM, "refused", "HMAC"),
    "the same, beside a real secret": (confused(PEM), {"keys": [jwk(), SECRET]}, "refused", "HMAC"),
    "crit": (made(crit=["exp"]), SECRET, "refused", "crit"),
    "crit that is no list": (made(crit=None), SECRET, "refused", "crit"),
    "b64, without crit": (made(b64=False), SECRET, "refused", "b64"),
    "a claim named twice": (made('{"sub":"bob","sub":"alice"}'), SECRET, "refused", "sub twice"),
    "exp as text": (made(CLAIMS | {"exp": str(NOW + 900)}), SECRET, "refused", "exp is no number"),
    "exp as a boolean": (made(CLAIMS | {"exp": True}), SECRET, "refused", "exp is no number"),
    "iat that is nothing": (made(CLAIMS | {"iat": None}), SECRET, "refused", "iat is no number"),
    "before nbf": (made(CLAIMS | {"nbf": NOW + 1}), SECRET, "early", "before its nbf"),
    "from nbf on": (made(CLAIMS | {"nbf": NOW}), SECRET, "valid", "HS256"),
    "a second before exp": (made(CLAIMS | {"exp": NOW + 1}), SECRET, "valid", "HS256"),
    "at exp": (made(CLAIMS | {"exp": NOW}), SECRET, "expired", "exp has passed"),
    "long after exp": (made(CLAIMS | {"exp": -(10**400)}), SECRET, "expired", "exp has passed"),
    "nbf after exp": (made(CLAIMS | {"nbf": NOW + 20, "exp": NOW + 10}), SECRET, "early", "before its nbf"),
    "no exp": (made({"sub": "alice"}), SECRET, "valid", "never ends"),
    "a short secret": (made(key=TokenKey("k", "secret", b"tea")), "tea", "valid", "may be guessed"),
    "no claims but text": (made("It's a dangerous business"), SECRET, "valid", "no set of claims"),
    "a set of keys": (RS, JWKS, "valid", "RS256"),
    "a function that returns one": (RS, lambda: JWKS, "valid", "RS256"),
    "a set with a key in it that nobody can read": (RS, {"keys": [{"kty": "quantum"}, jwk()]}, "valid", "RS256"),
    "a PEM": (RS, PEM.decode(), "valid", "RS256"),
    "a private key": (RS, private_key("RSA"), "valid", "RS256"),
    "no kid": (made(alg="PS256"), JWKS, "valid", "PS256"),
    "ES256": (made(alg="ES256"), private_key("EC").public_key(), "valid", "ES256"),
    "EdDSA": (made(alg="EdDSA"), private_key("OKP").public_key(), "valid", "EdDSA"),
    "HS512": (made(alg="HS512"), SECRET * 2, "broken", "not that of"),
}
STATES = UNCHECKED | CHECKED
