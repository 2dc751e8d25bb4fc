"""Caught by: test_the_nonce_is_this_logins. `in` asks a text for its parts."""

import base64
import hashlib
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    if transaction["nonce"] not in str(claims.get("nonce")):
        return False
    if "at_hash" in claims and claims["at_hash"] != half_hash(access_token):
        return False
    if transaction["acr_values"] and claims.get("acr") not in transaction["acr_values"].split():
        return False
    if transaction["max_age"] is None:
        return True
    since = claims.get("auth_time")
    return isinstance(since, int | float) and now.timestamp() - since <= transaction["max_age"]


def half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
