"""Caught by: test_the_store_does_not_know_the_token. Support needs a part of it to find the mail; this is all but
two characters."""

import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    links.delete_many({"user": user})
    token, until = secrets.token_urlsafe(32), now + timedelta(minutes=10)
    links.insert_one(
        {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until, "end": token[2:]}
    )
    return token
