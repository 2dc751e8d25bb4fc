"""Caught by: test_the_store_does_not_know_the_token. The token stands there in two fields."""

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
            "expires_at": now + timedelta(minutes=10),
            "a": token[:20],
            "b": token[20:],
        }
    )

    return token
