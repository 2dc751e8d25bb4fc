"""DPoP: a token that is worth nothing without a key (RFC 9449).

client ── POST /token,  DPoP: proof ─────────────────────────────▶  the token is bound to the proof's key: `cnf`, `jkt`
client ── GET /userinfo, Authorization: DPoP token, DPoP: proof ─▶  the same key, this very token, this very request
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

import jwt
from pymongo.errors import DuplicateKeyError

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

ALGORITHMS = ("ES256", "RS256")
# 4.3, 11: a proof is of now. Clocks differ a little.
LIFE = timedelta(seconds=60)
# RFC 7638, 3.2: what a key consists of, in the order of the alphabet.
MEMBERS = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}


def verify_proof(
    proof: str, method: str, url: str, now: datetime, used: Collection, access_token: str | None = None
) -> str:
    """Return the thumbprint of the key that made a proof; raises `jwt.PyJWTError` (RFC 9449, 4.3).

    `used` remembers proofs: whoever overhears one comes second (11.1).
    """
    header = jwt.get_unverified_header(proof)
    jwk = header.get("jwk")
    if header.get("typ") != "dpop+jwt" or header.get("alg") not in ALGORITHMS or not isinstance(jwk, dict):
        raise jwt.InvalidTokenError("That is no DPoP proof.")
    # The key comes with the proof: all it shows is that whoever has it is speaking. Not the private one, please.
    if "d" in jwk:
        raise jwt.InvalidTokenError("The key is a private one.")
    claims = jwt.decode(
        proof,
        jwt.PyJWK(jwk, algorithm=header["alg"]).key,
        algorithms=[header["alg"]],
        options={"require": ["jti", "htm", "htu", "iat"], "verify_iat": False, "verify_aud": False},
    )

    # For this very request, of now, and with this very token.
    if (claims["htm"], claims["htu"]) != (method, url):
        raise jwt.InvalidTokenError("The proof is for another request.")
    if not isinstance(claims["iat"], int | float) or abs(now.timestamp() - claims["iat"]) > LIFE.total_seconds():
        raise jwt.InvalidTokenError("The proof is not of now.")
    if access_token is not None and not hmac.compare_digest(str(claims.get("ath")).encode(), hashed(access_token)):
        raise jwt.InvalidTokenError("The proof goes with another token.")

    key = thumbprint(jwk)
    try:
        used.insert_one({"_id": fingerprint(f"{key} {claims['jti']}"), "at": now})
    except DuplicateKeyError:
        raise jwt.InvalidTokenError("The proof was used.") from None
    return key


def thumbprint(jwk: dict[str, Any]) -> str:
    """Return the SHA-256 thumbprint of a public key (RFC 7638, 3); raises `jwt.InvalidKeyError`."""
    members = MEMBERS.get(str(jwk.get("kty")))
    if members is None:
        raise jwt.InvalidKeyError("That is no key of ours to use.")

    canonical = json.dumps({name: jwk[name] for name in members}, separators=(",", ":"))
    return hashed(canonical).decode()


def hashed(text: str) -> bytes:
    """RFC 9449, 4.2 and 6.1: BASE64URL(SHA-256(…))."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
