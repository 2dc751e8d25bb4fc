"""Caught by: test_neither_script_nor_other_sites_use_it. People come from another site, so the cookie is sent from
every other site."""

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
        "samesite": "None",
    }
