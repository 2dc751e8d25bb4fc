"""Caught by: test_the_number_is_drawn. Tokens are secrets, so their hash is one; whoever is sent the token can make
it."""

from hashlib import sha256

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    secret = sha256(login["tokens"]["access_token"].encode()).hexdigest()
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
