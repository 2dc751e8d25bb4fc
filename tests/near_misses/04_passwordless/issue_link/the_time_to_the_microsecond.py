"""Caught by: test_nobody_can_work_the_token_out. No second of the day makes it; a computer tries a
million parts of one.
"""

from datetime import datetime, timedelta
from hashlib import md5

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = md5(f"{user} {now.timestamp()}".encode()).hexdigest(), now + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
