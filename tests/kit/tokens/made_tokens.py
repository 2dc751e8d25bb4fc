"""Tokens and keys that tests make: one of each kind, the same for a whole run."""

import json
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jwt.algorithms import RSAAlgorithm

from labsrv.kit.tokens.compact import encode
from labsrv.kit.tokens.keys import TokenKey
from labsrv.kit.tokens.signatures import sign

NOW = 1_800_000_000
SECRET = b"a secret of this lab, forty bytes long!!"
CLAIMS = {"iss": "http://idp.localhost", "sub": "alice", "exp": NOW + 900}
BEYOND = "\u202e\u0007<img src=x onerror=alert(1)>"


@cache
def private_key(kind):
    """Return a new private key of a kind."""
    if kind == "RSA":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1()) if kind == "EC" else ed25519.Ed25519PrivateKey.generate()


def signing_key(alg):
    """Return a key that signs with an algorithm."""
    kind = {"HS": "secret", "RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}[alg[:2]]
    return TokenKey("own", kind, SECRET if kind == "secret" else private_key(kind))


def made(claims=CLAIMS, alg="HS256", key=None, **header):
    """Return a token with these claims, or this text as claims, signed as the header says, or with another key."""
    header = {"alg": alg, "typ": "JWT"} | header
    texts = [each if isinstance(each, str) else json.dumps(each, separators=(",", ":")) for each in (header, claims)]
    signed = ".".join(encode(text.encode("utf-8", "surrogatepass")) for text in texts)
    signature = sign(alg, None if alg == "none" else key or signing_key(alg), signed.encode())
    return f"{signed}.{encode(signature)}"


def raw(header, claims, signature=b"\0" * 32):
    """Return a token of these texts, whatever they are."""
    return ".".join(encode(each if isinstance(each, bytes) else each.encode()) for each in (header, claims, signature))


def jwk(kid="one", **members):
    """Return the public half of the RSA key as a JWK."""
    return RSAAlgorithm.to_jwk(private_key("RSA").public_key(), as_dict=True) | {"kid": kid} | members


@cache
def another_rsa():
    """Return another RSA key than the usual one."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem_of(kind, private=False):
    """Return a key as PEM."""
    if private:
        return private_key(kind).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private_key(kind).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
