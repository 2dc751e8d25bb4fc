"""Caught by: test_the_answer_is_yes_or_no. Who was asked since when says so, with a number."""

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
    asked = transaction["max_age"]
    return asked is None or now.timestamp() - int(claims["auth_time"]) <= asked


def half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
