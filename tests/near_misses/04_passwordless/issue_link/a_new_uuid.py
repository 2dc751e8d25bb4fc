"""Caught by: test_nobody_can_work_the_token_out. A UUID comes once; version 1 is the time of day and the machine's
address."""

import uuid
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = uuid.uuid1().hex, now + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
