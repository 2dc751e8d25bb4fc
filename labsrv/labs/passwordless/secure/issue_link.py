"""Make a link that nobody can guess, that the store does not know, and that is soon over."""

import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

LIFETIME = timedelta(minutes=10)


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Return a token for a link of this user's, in place of any older one (ASVS 6.5.3, 6.5.5)."""
    links.delete_many({"user": user})

    token = secrets.token_urlsafe(32)
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + LIFETIME})
    return token
