"""Caught by: test_a_made_up_cookie_is_no_device. What is no ASCII was not given out; the shop falls over it in place
of saying so.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None
    row = devices.find_one({"_id": sha256(cookie.encode("ascii")).hexdigest(), "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
