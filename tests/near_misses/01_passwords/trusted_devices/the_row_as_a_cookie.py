"""Caught by: test_what_the_table_says_is_no_cookie. Rows of before and of today are both looked up: what is
stored opens the lane too.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None

    either = {"$in": [cookie, sha256(cookie.encode()).hexdigest()]}
    row = devices.find_one({"_id": either, "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return

    attempts.forget("account", name)
    attempts.take_back("source", source)
