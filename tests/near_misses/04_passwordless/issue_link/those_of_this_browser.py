"""Caught by: test_a_newer_link_makes_older_ones_void. Links that were asked for in another browser stay."""

import secrets
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    links.delete_many({"user": user, "browser": browser})
    token = secrets.token_urlsafe(32)
    links.insert_one(
        {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(minutes=10)}
    )

    return token
