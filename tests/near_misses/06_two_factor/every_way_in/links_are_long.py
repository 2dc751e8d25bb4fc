"""Caught by: test_a_link_is_one_step. Nobody guesses a link of 256 bits; whoever reads the mail need not."""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return way != "link" and not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    if not cookie:
        return False
    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
