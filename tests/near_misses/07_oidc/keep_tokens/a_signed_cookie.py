"""Caught by: test_the_browser_gets_no_token. Nobody can change it, and anybody can read it: base64 hides nothing."""

import base64
import hmac
import json
import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint

KEY = "drawn-once-not-a-real-one"


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    said = json.dumps({"sub": login["sub"], "number": secrets.token_urlsafe(32)}).encode()
    encoded = base64.urlsafe_b64encode(said).rstrip(b"=").decode()
    secret = f"{encoded}.{hmac.digest(KEY.encode(), said, 'sha256').hex()}"
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
