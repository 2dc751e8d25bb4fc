"""Caught by: test_after_ten_minutes_it_is_over. Ten minutes, and some seconds for the way."""

import secrets
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    links.delete_many({"user": user})
    token = secrets.token_urlsafe(32)
    links.insert_one(
        {
            "_id": fingerprint(token),
            "user": user,
            "browser": browser,
            "expires_at": now + timedelta(minutes=10, seconds=4),
        }
    )

    return token
