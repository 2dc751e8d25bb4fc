"""Caught by: test_after_ten_minutes_it_is_over. Ten minutes from what the clock here shows, hours ahead of the
shop's.
"""

import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = secrets.token_urlsafe(32), datetime.now() + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
