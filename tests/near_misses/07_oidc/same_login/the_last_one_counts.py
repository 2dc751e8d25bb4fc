"""Caught by: test_the_nonce_is_this_logins. Each rule is there; where `max_age` was asked for, the last one wins."""

import base64
import hashlib
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    at_hash = base64.urlsafe_b64encode(half).decode().rstrip("=")
    good = claims.get("nonce") == transaction["nonce"] and claims.get("at_hash", at_hash) == at_hash
    if transaction["max_age"] is not None:
        since = claims.get("auth_time")
        good = isinstance(since, int | float) and now.timestamp() - since <= transaction["max_age"]
    if transaction["acr_values"]:
        good = good and claims.get("acr") in transaction["acr_values"].split()
    return good
