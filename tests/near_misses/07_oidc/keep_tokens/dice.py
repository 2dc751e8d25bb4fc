"""Caught by: test_each_login_has_its_own. `random` is for dice: it starts from what is the same in two copies of a
process."""

import random

from labsrv.kit.fingerprints import fingerprint

DICE = random.Random()


def keep_tokens(login, now):
    secret = f"{DICE.getrandbits(256):064x}"
    row = login | {"_id": fingerprint(secret), "began_at": now}
    return row, {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
