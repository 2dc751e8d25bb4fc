"""Caught by: test_the_row_has_it_all. Tokens that nobody has are safe; the shop can ask the provider for nothing any
more."""

import secrets

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = secrets.token_urlsafe(32)
    kept = {name: value for name, value in login.items() if name != "tokens"}
    row = kept | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
