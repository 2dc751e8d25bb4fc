"""Caught by: test_a_newer_link_makes_older_ones_void. Tidies up, and only what nobody can use any more."""

import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user, "expires_at": {"$lt": now}})
    token, until = secrets.token_urlsafe(32), now + timedelta(minutes=10)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until})
    return token
