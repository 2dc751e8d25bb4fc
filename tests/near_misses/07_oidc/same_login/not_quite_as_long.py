"""Caught by: test_they_showed_who_they_are_in_time. Whoever is as old as the limit has reached it."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    if not hmac.compare_digest(str(claims.get("nonce")).encode(), transaction["nonce"].encode()):
        return False
    if "at_hash" in claims and claims["at_hash"] != half_hash(access_token):
        return False
    if transaction["acr_values"] and claims.get("acr") not in transaction["acr_values"].split():
        return False
    if transaction["max_age"] is None:
        return True
    since = claims.get("auth_time")
    return isinstance(since, int | float) and now.timestamp() - since < transaction["max_age"]


def half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
