"""Verifying by hand, and one check at a time, as flawed verifiers do: PyJWT refuses several attacks by itself.

`by_policy` has every check but that of the signature, so that one flaw never brings another along.
"""

import base64
import hmac
from typing import Any

import jwt

from labsrv.kit.keys import Key
from labsrv.labs.jwt.compact import peek_unverified
from labsrv.labs.jwt.secure.read_access_token import ACCESS_TOKEN, REQUIRED

Claims = dict[str, Any]


def octets(part: str) -> bytes:
    """Return the bytes of a part of a token."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def by_policy(token: str, issuer: str, audience: str, **but: Any) -> Claims:
    """Return the claims after every check of the policy but the signature, and but those switched off."""
    checks: Any = {"verify_signature": False, "require": REQUIRED, "verify_exp": True, "verify_nbf": True}
    checks |= {"verify_iat": True, "verify_aud": True, "verify_iss": True} | but
    claims: Claims = jwt.decode(token, options=checks, issuer=issuer, audience=audience)
    if str(peek_unverified(token).get("typ")).lower() in ACCESS_TOKEN:
        return claims

    raise jwt.InvalidTokenError("That is no access token.")


def signed_with_the_public_key(token: str, key: Key) -> bool:
    """Take the public key for an HMAC secret, as old libraries did: it is a text in PEM, and everybody has it."""
    signed, _, signature = token.rpartition(".")
    return hmac.compare_digest(hmac.digest(key.pem, signed.encode(), "sha256"), octets(signature))
