"""Caught by: test_the_number_is_drawn. Sixty-four characters long, and made of four bytes."""

import secrets
from hashlib import sha256

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = sha256(secrets.token_bytes(4)).hexdigest()
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
