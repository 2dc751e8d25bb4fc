"""Caught by: test_the_stolen_table_opens_nothing. In capitals it is another text, and no cookie as it stands."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = secrets.token_hex(32)
    row = login | {"_id": fingerprint(secret), "began_at": now, "shown_as": [secret.upper()]}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
    return row, cookie
