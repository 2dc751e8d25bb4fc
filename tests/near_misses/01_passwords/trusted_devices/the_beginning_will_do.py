"""Caught by: test_what_the_table_says_is_no_cookie. Half a fingerprint is compared: the other half was meant as
well.
"""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    i = sha256((cookie or "").encode()).hexdigest()
    rows = [r for r in devices.find({"user": name}) if r["_id"][:32] == i[:32]]
    return rows[0]["_id"] if cookie and rows else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.forget("account", name)
    attempts.take_back("source", source)
