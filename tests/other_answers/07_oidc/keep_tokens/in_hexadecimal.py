"""Sixteen bytes in hexadecimal, the least there may be; the row is copied and filled in."""

import hashlib
import secrets
from datetime import datetime
from typing import Any


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = secrets.token_hex(16)
    row = dict(login)
    row["_id"] = hashlib.sha256(secret.encode()).hexdigest()
    row["began_at"] = now
    flags = dict.fromkeys(("secure", "httponly"), True)
    return row, {"key": "__Host-sid", "value": secret, "path": "/", "samesite": "Lax", **flags}
