"""Compare the end of a login with its beginning."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    """Return whether an ID token is the answer to this login (OpenID Connect Core, 3.1.3.7, 11 to 13, and 3.1.3.8)."""
    # The nonce that we wrote down: one that comes along with the answer would always fit.
    if not hmac.compare_digest(str(claims.get("nonce")).encode(), transaction["nonce"].encode()):
        return False
    if claims.get("at_hash", half_hash(access_token)) != half_hash(access_token):
        return False
    if transaction["acr_values"] and claims.get("acr") not in transaction["acr_values"].split(" "):
        return False

    # Asked is not done: how long ago it was is in the token, and in nothing that we sent.
    since, asked = claims.get("auth_time"), transaction["max_age"]
    return asked is None or (isinstance(since, int | float) and now.timestamp() - since <= asked)


def half_hash(token: str) -> str:
    """OpenID Connect Core, 3.1.3.6: the left half of the SHA-256, base64url."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
