"""Caught by: test_nobody_can_work_the_token_out. It looks like 256 bits, and is made of 64."""

import hashlib
import secrets
from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def issue_link(links, user, browser, now):
    links.delete_many({"user": user})
    token = hashlib.sha256(secrets.token_bytes(8)).hexdigest()
    links.insert_one(
        {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + timedelta(minutes=10)}
    )

    return token
