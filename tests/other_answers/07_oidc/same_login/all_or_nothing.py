"""One `try` around all of it: whatever goes wrong is a no; the limits are compared in whole seconds."""

import base64
import hashlib
from datetime import datetime
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    try:
        check(claims, transaction, access_token, int(now.timestamp()))
    except Exception:
        return False
    return True


def check(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: int) -> None:
    if claims["nonce"] != transaction["nonce"]:
        raise ValueError("another login")
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    expected = base64.b64encode(half, altchars=b"-_").decode().replace("=", "")
    if claims.get("at_hash", expected) != expected:
        raise ValueError("another access token")
    if transaction["acr_values"] and claims["acr"] not in set(transaction["acr_values"].split()):
        raise ValueError("another way")
    if transaction["max_age"] is not None and claims["auth_time"] < now - transaction["max_age"]:
        raise ValueError("too long ago")
