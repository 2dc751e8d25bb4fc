"""Caught by: test_alices_code_does_not_end_mallorys_login. It looks at all but what only this login has."""

import base64
import hashlib
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
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
