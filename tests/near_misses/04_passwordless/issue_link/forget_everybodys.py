"""Caught by: test_bobs_link_is_bobs. One link at a time is safe, and locks everybody else out."""

import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({})
    token, until = secrets.token_urlsafe(32), now + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
