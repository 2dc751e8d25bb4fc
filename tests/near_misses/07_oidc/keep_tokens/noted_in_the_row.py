"""Caught by: test_the_row_opens_nothing. The row says what is in the cookie, to compare it later on."""

import secrets

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now, "cookie": secret}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
