"""Caught by: test_the_store_does_not_know_the_token. The fingerprint is in place; the log beside it has the token."""

import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = secrets.token_urlsafe(32), now + timedelta(minutes=10)
    links.insert_one(
        {
            "_id": fingerprint(token),
            "user": user,
            "browser": browser,
            "expires_at": until,
            "log": f"sent {token} to {user}",
        }
    )
    return token
