"""Caught by: test_what_is_taken_out_on_the_way_is_missed. The shop asked for it, and a provider does as it is told."""

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
    return not transaction["acr_values"] or claims.get("acr") in transaction["acr_values"].split()


def half_hash(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
