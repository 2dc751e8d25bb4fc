"""Caught by: test_nobody_guesses_it. Drawn by a good generator when the program starts, and counted on from there."""

import hashlib
import itertools
import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint

BEGINNING = secrets.token_urlsafe(32)
NUMBERS = itertools.count()


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = hashlib.sha256(f"{BEGINNING}{next(NUMBERS)}".encode()).hexdigest()
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
