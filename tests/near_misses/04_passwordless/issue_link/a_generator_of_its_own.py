"""Caught by: test_nobody_can_work_the_token_out. Drawn from a generator that every copy of the process has in the same
state.
"""

import random
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint

RNG = random.Random()


def issue_link(links, user, browser, now):
    links.delete_many({"user": user})
    token = f"{RNG.getrandbits(256):064x}"
    links.insert_one(
        {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(minutes=10)}
    )

    return token
