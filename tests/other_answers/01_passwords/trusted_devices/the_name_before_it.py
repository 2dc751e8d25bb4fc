"""Counts a device by its owner and its fingerprint, and compares the owner in Python."""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    i = sha256((cookie or "").encode()).hexdigest()
    row = devices.find_one({"_id": i})
    return f"{name}/{row['_id']}" if row and row["user"] == name else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
