"""Caught by: test_nobody_can_work_the_token_out. A number that never comes again, and that a clock shows."""

import time
from datetime import datetime, timedelta
from hashlib import sha256

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = sha256(str(time.time_ns()).encode()).hexdigest(), now + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
