"""Letters that nobody mistakes for others, drawn one by one."""

import secrets
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def issue_link(links, user, browser, now):
    token = "".join(secrets.choice(LETTERS) for _ in range(26))
    links.delete_many({"user": {"$eq": user}})
    links.insert_many(
        [{"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(minutes=10)}]
    )
    return token
