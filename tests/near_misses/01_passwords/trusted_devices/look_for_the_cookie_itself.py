"""Caught by: test_alices_own_laptop_is_let_in. The table has fingerprints, and no cookie is found there."""

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None

    row = devices.find_one({"_id": cookie, "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return

    attempts.forget("account", name)
    attempts.take_back("source", source)
