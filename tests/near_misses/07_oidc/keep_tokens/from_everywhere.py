"""Caught by: test_no_form_from_elsewhere_takes_it_along. People come back from another site: so None, it seems."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "None",
    }
    return row, cookie
