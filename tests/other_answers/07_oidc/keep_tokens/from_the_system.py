"""A large number by the system's own generator, under a word that says what it is."""

import random
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = f"tea-{random.SystemRandom().getrandbits(200)}"
    row = {"_id": fingerprint(secret), "began_at": now}
    row.update(login)
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
    return row, cookie
