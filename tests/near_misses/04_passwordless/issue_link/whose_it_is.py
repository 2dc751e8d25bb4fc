"""Caught by: test_nobody_can_work_the_token_out. The name makes it longer, and not harder to guess."""

import secrets
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    links.delete_many({"user": user})
    token = f"{user}-{secrets.token_hex(12)}"
    links.insert_one(
        {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(minutes=10)}
    )

    return token
