"""Caught by: test_mallorys_device_is_known_for_mallory. The secret is right and still holds; whose it is was not
asked.
"""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    return bool(cookie) and bool(devices.find_one({"_id": fingerprint(cookie or ""), "until": {"$gt": now}}))
