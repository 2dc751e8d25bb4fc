"""Caught by: test_the_row_opens_nothing. The row has the number in base64, which is no secret writing."""

import base64
import secrets

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now}
    row["note"] = base64.urlsafe_b64encode(secret.encode()).decode()
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
