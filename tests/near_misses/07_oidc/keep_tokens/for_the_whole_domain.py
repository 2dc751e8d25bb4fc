"""Caught by: test_alice_comes_back_and_is_logged_in. One cookie for all hosts: not with such a name."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "domain": "shop.localhost",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
    return row, cookie
