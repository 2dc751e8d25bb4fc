"""Caught by: test_the_cookie_says_nothing. The number is drawn, and the access token stands behind it."""

import secrets

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = f"{secrets.token_urlsafe(32)}.{login['tokens']['access_token']}"
    row = {**login} | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
