"""Caught by: test_a_newer_link_makes_older_ones_void. Two that are asked for at one moment are both good."""

import secrets
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    links.delete_many({"user": user, "expires_at": {"$lt": now + timedelta(minutes=9, seconds=55)}})
    token = secrets.token_urlsafe(32)
    links.insert_one(
        {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(minutes=10)}
    )

    return token
