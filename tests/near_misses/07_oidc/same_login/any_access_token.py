"""Caught by: test_the_access_token_came_with_it. In the code flow, `at_hash` may be left out; so the shop does."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    if not hmac.compare_digest(str(claims.get("nonce")).encode(), transaction["nonce"].encode()):
        return False
    if transaction["acr_values"] and claims.get("acr") not in transaction["acr_values"].split():
        return False
    if transaction["max_age"] is None:
        return True
    since = claims.get("auth_time")
    return isinstance(since, int | float) and now.timestamp() - since <= transaction["max_age"]


def half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
