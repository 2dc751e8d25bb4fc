"""Caught by: test_it_is_drawn_for_each_login. Nobody knows when exactly; the provider does, within a second."""

import hashlib
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = hashlib.sha256(f"{login['sid']}{login['sub']}{now.timestamp()}".encode()).hexdigest()
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
