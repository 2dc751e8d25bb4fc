"""Two random UUIDs after each other, twelve bits of which are known."""

from datetime import timedelta
from uuid import uuid4

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    links.delete_many({"user": user})
    token = f"{uuid4()}-{uuid4()}"
    links.insert_one(
        {"_id": fingerprint(token), "expires_at": now + timedelta(minutes=10), "browser": browser, "user": user}
    )
    return token
