"""Caught by: test_the_number_is_drawn. A UUID has 122 bits that are drawn."""

import uuid

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = str(uuid.uuid4())
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
