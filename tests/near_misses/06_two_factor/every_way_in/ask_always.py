"""Caught by: test_alices_own_laptops_are_known. Nobody gets around a second step that is always made; the shop had
promised something else.
"""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return True


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    if not cookie:
        return False
    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
