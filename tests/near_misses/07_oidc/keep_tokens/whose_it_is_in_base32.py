"""Caught by: test_the_browser_gets_no_token. The subject stands before the number, in letters that nobody reads."""

import base64
import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = f"{base64.b32encode(login['sub'].encode()).decode().rstrip('=')}.{secrets.token_urlsafe(32)}"
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
