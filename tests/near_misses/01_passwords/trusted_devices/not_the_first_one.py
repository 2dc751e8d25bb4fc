"""Caught by: test_a_login_wipes_out_nothing_else. A login that is the first at its address is not taken back."""

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
        return
    attempts.forget("account", name)
    if attempts.seen("source", source) > 1:
        attempts.take_back("source", source)
