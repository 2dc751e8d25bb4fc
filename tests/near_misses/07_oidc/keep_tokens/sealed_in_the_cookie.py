"""Caught by: test_the_browser_gets_no_token. Nobody reads what is encrypted, today."""

import json
import secrets
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet

from labsrv.kit.fingerprints import fingerprint

BOX = Fernet(Fernet.generate_key())


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = BOX.encrypt(secrets.token_bytes(32) + json.dumps(login["tokens"]).encode()).decode().rstrip("=")
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
