"""Caught by: test_each_login_has_its_own. A number that was drawn once, and a counter behind it."""

import itertools
import secrets

from labsrv.kit.fingerprints import fingerprint

BEGINNING, NEXT = secrets.token_urlsafe(32), itertools.count(1)


def keep_tokens(login, now):
    secret = f"{BEGINNING}{next(NEXT)}"
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
