"""Signatures of tokens: made and checked with one key and one algorithm that the caller names (RFC 7518, 3).

    fits("RS256", key, token.signed, token.signature.data)
    sign_again("eyJ…", "HS256", key)                     the header says the new algorithm, the claims stay as they are

PyJWT and cryptography do the work. Two things that PyJWT refuses, and rightly, are done here, since an inspector has to
show them: `none`, which signs nothing, and a public key used as if it were a secret.
"""

import hashlib
import hmac
import json
import secrets

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from labsrv.kit.tokens.compact import BadToken, Token, encode, read_unverified, with_text
from labsrv.kit.tokens.keys import BadKey, Kind, TokenKey, without_armour

HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
# What a key must be like for an algorithm: its kind, its curve if it has one.
NEEDS: dict[str, tuple[Kind, str]] = {
    **dict.fromkeys(HASHES, ("secret", "")),
    **{f"{family}{size}": ("RSA", "") for family in ("RS", "PS") for size in (256, 384, 512)},
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    "ES256K": ("EC", "secp256k1"),
    "EdDSA": ("OKP", ""),
}
SIGNING = ("HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA", "none")
# Bytes of a signature where the algorithm alone decides it.
LENGTHS = {"HS256": 32, "HS384": 48, "HS512": 64, "ES256": 64, "ES384": 96, "ES512": 132, "ES256K": 64}
# RFC 7518, 3.2 and 3.3: a secret as long as the hash, RSA of 2048 bits.
SHORTEST_RSA = 2048


def suits(alg: str, key: TokenKey) -> bool:
    """Return whether a key is of the kind that an algorithm takes."""
    kind, curve = NEEDS.get(alg, (None, ""))
    return key.kind == kind and curve in ("", key.curve)


def fits(alg: str, key: TokenKey, signed: bytes, signature: bytes) -> bool:
    """Return whether a signature is this key's, of these bytes, by this algorithm; never, where the two do not suit."""
    if not suits(alg, key):
        return False
    if alg in HASHES:
        return hmac.compare_digest(mac(alg, key.material, signed), signature)

    try:
        return bool(jwt.get_algorithm_by_name(alg).verify(signed, key.public, signature))
    except (ValueError, UnsupportedAlgorithm):
        # An RSA key too short for the hash, for example.
        return False


def mac(alg: str, secret: bytes, signed: bytes) -> bytes:
    """Return an HMAC (RFC 7518, 3.2), whatever the secret is."""
    return hmac.new(secret, signed, HASHES[alg]).digest()


def sign(alg: str, key: TokenKey | None, signed: bytes) -> bytes:
    """Return a signature, or raise `BadKey`. With HMAC and a public key, that key's text is taken for a secret."""
    if alg == "none":
        return b""
    if alg not in SIGNING:
        raise BadKey(f"nothing is signed with {alg} here")
    if key is None:
        raise BadKey(f"{alg} needs a key")
    if alg in HASHES:
        return mac(alg, key.material if key.kind == "secret" else public_key_as_secret(key), signed)
    # The public half only checks. (With HMAC, above, its text was taken for a secret.)
    if not (key.private and suits(alg, key)):
        raise BadKey(f"{key.name} ({key.what}) signs nothing with {alg}")

    try:
        return jwt.get_algorithm_by_name(alg).sign(signed, key.material)
    except ValueError as error:
        raise BadKey(str(error)) from None


def public_key_as_secret(key: TokenKey) -> bytes:
    """Return the bytes that a careless verifier takes for a secret: the public key, which everybody has."""
    return key.pem


def spellings_as_secret(key: TokenKey) -> list[bytes]:
    """Return what else the public key may have been as a secret: without its last line break, without its armour."""
    pem = key.pem
    return list(dict.fromkeys([pem, pem.rstrip(b"\n"), pem.rstrip(b"\n") + b"\n", without_armour(pem)]))


def signing_with(key: TokenKey) -> list[str]:
    """Return the algorithms that a token can be signed with by this key, the careless ones last."""
    own = [alg for alg in SIGNING if key.private and suits(alg, key)]
    return own + ([alg for alg in SIGNING if alg in HASHES] if key.kind != "secret" else [])


def sign_again(compact: str, alg: str, key: TokenKey | None) -> str:
    """Return the token with `alg` in its header and a signature to go with it; raises `BadToken` or `BadKey`."""
    token = read_unverified(compact)
    if token.fault:
        raise BadToken(token.fault)
    if token.header.fault:
        raise BadToken(f"The header cannot be changed. {token.header.fault}")

    changed = token if token.alg == alg else read_unverified(with_text(token, "header", header_with(token, alg)))
    signature = sign(alg, key, changed.signed)
    return f"{changed.header.segment}.{changed.claims.segment}.{encode(signature)}"


def header_with(token: Token, alg: str) -> str:
    """Return the header's JSON with another algorithm, at its place if it has one."""
    members = token.header.members
    changed = members | {"alg": alg} if "alg" in members else {"alg": alg} | members
    try:
        return json.dumps(changed, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise BadToken("The header has a number that cannot be written again.") from None


def new_key(alg: str) -> TokenKey:
    """Make a key of one's own for an algorithm, as Mallory would; raises `BadKey`."""
    kind, _ = NEEDS.get(alg, (None, ""))
    if kind == "secret":
        return TokenKey("a new secret", "secret", secrets.token_bytes(64))
    makers = {
        "RSA": lambda: rsa.generate_private_key(public_exponent=65537, key_size=SHORTEST_RSA),
        "EC": lambda: ec.generate_private_key(ec.SECP256R1()),
        "OKP": ed25519.Ed25519PrivateKey.generate,
    }
    if kind is None:
        raise BadKey(f"{alg} takes no key")
    return TokenKey("a new key", kind, makers[kind]())
