"""Caught by: test_a_known_device_forgives_itself_alone. A login on a known device takes one attempt back from its
source, with which it was not counted.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None
    row = devices.find_one({"_id": sha256(cookie.encode()).hexdigest(), "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        attempts.take_back("source", source)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
