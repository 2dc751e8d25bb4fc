"""Caught by: test_the_browser_gets_no_token. Script can't read the cookie; whoever reads it otherwise has the token."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = f"{secrets.token_urlsafe(32)}.{login['tokens']['access_token']}"
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
