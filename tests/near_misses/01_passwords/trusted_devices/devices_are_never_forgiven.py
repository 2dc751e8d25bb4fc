"""Caught by: test_a_good_login_begins_anew. On a known device the mistakes of a day add up."""

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
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
