"""Caught by: test_each_login_has_its_own. The generator starts from the time of the start."""

import random
import time

from labsrv.kit.fingerprints import fingerprint

DICE = random.Random(int(time.time()))


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
