"""Caught by: test_what_the_table_says_is_no_cookie. A cookie in other letters is another cookie."""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None
    ids = [sha256(c.encode()).hexdigest() for c in (cookie, cookie.swapcase())]
    row = devices.find_one({"_id": {"$in": ids}, "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
