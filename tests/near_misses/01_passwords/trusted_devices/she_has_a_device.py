"""Caught by: test_a_made_up_cookie_is_no_device. Alice has a known device, and whoever shows any cookie is taken
for hers.
"""

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    row = devices.find_one({"user": name}) if cookie else None
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return

    attempts.forget("account", name)
    attempts.take_back("source", source)
