"""Caught by: test_it_is_drawn_for_each_login. Nobody has the key; and the same login has the same number again."""

import hmac
import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint

KEY = secrets.token_bytes(32)


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = hmac.digest(KEY, repr(login).encode(), "sha256").hex()
    row = login | {"_id": fingerprint(secret), "began_at": now}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
    return row, cookie
