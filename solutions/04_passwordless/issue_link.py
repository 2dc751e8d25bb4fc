import secrets
from datetime import datetime, timedelta

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def issue_link(links: Collection, user: str, browser: str, now: datetime) -> str:
    # Older links go first: whoever asks again has lost the one before, and who knows to whom.
    links.delete_many({"user": user})

    # From the system's generator, and not kept: the fingerprint is enough to know it again.
    token = secrets.token_urlsafe(32)
    links.insert_one(
        {
            "_id": fingerprint(token),
            "user": user,
            "browser": browser,
            "expires_at": now + timedelta(minutes=10),
        }
    )
    return token
