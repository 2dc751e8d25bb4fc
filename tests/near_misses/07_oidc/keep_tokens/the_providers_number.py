"""Caught by: test_the_number_is_drawn. The provider's number has a hash made of it, and everybody can make one."""

from hashlib import sha256

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login, now):
    said = f"{login['sid']} {login['account']}"
    secret = sha256(said.encode()).hexdigest()
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
