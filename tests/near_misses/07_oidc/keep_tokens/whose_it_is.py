"""Caught by: test_the_cookie_says_nothing. The account's number stands before the drawn one: it is no secret, but it
is said."""

import secrets

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = f"{login['account']}-{secrets.token_urlsafe(32)}"
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
