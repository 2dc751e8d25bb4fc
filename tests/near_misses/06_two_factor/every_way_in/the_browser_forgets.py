"""Caught by: test_after_thirty_days_it_is_forgotten. The cookie has a date of its own, and an honest browser
keeps to it.
"""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    return bool(cookie) and bool(devices.find_one({"_id": fingerprint(cookie or ""), "user": user}))
