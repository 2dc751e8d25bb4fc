"""Caught by: test_each_login_has_its_own. One session at the provider is one session here, with a key that nobody
knows."""

import hmac
import secrets

from labsrv.kit.fingerprints import fingerprint

KEY = secrets.token_bytes(32)


def keep_tokens(login, now):
    said = f"{login['sid']} {login['iss']} {login['sub']}"
    secret = hmac.new(KEY, said.encode(), "sha256").hexdigest()
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
