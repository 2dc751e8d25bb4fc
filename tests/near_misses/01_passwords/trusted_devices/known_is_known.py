"""Caught by: test_a_made_up_cookie_is_no_device. A device that was known once is remembered, and never looked up
again.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection

OK = set()


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    i = sha256((cookie or "").encode()).hexdigest()
    if i in OK:
        return i
    row = devices.find_one({"_id": i, "user": name})
    if row:
        OK.add(i)
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
