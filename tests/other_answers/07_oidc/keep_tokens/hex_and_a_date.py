"""The number is 32 hexadecimal digits, the cookie is kept for twelve hours, and the row says since and until when."""

import os
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

HOURS = timedelta(hours=12)


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    number = os.urandom(16).hex()
    row = dict(login)
    row.update(_id=sha256(number.encode()).hexdigest(), began_at=now, until=now + HOURS)
    cookie = {"key": "__Host-sid", "value": number, "max_age": int(HOURS.total_seconds()), "domain": None}
    return row, cookie | {"path": "/", "secure": True, "httponly": True, "samesite": "Lax"}
