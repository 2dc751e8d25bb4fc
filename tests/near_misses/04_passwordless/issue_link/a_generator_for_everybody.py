"""Caught by: test_nobody_can_work_the_token_out. Two hundred bits that begin at a name and a moment: both are known."""

import random
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = f"{random.Random(f'{user} {now.timestamp()}').getrandbits(256):064x}", now + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
