"""Caught by: test_alices_own_laptop_is_let_in. It looks at one of Alice's devices, and she has two."""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    row = devices.find_one({"user": name})
    return row["_id"] if cookie and row and row["_id"] == sha256(cookie.encode()).hexdigest() else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
