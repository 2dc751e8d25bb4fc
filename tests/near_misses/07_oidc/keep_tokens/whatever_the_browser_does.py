"""Caught by: test_neither_script_nor_other_sites_use_it. Without an attribute some browsers send it with forms from
elsewhere, for two minutes at least."""

import secrets

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
    }
