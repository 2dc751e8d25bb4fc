"""Caught by: test_each_device_is_counted_by_itself. It returns the owner, and all of Alice's devices are counted as
one.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    i = sha256((cookie or "").encode()).hexdigest()
    row = devices.find_one({"_id": i, "user": name})
    return row["user"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
