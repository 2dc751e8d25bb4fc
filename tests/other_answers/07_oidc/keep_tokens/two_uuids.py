"""Two random UUIDs have 244 random bits; the cookie lives for eight hours, and the row says so."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = f"{uuid.uuid4()}{uuid.uuid4()}"
    row = {**login, "_id": fingerprint(secret), "began_at": now, "until": now + timedelta(hours=8)}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "lax",
        "max_age": 8 * 3600,
    }
    return row, cookie
