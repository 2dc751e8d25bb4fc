"""Caught by: test_mallorys_device_is_not_alices. A device that is lent is its new user's from the next time on, and
nobody asked the old one.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    i = sha256((cookie or "").encode()).hexdigest()
    row = devices.find_one({"_id": i})
    if row and row["user"] != name:
        devices.update_one({"_id": i}, {"$set": {"user": name}})
        return None
    return i if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
