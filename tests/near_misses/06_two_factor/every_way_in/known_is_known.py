"""Caught by: test_a_known_device_spares_after_the_password_only. A known device is something one has: for a link
as well.
"""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not device_known


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    if not cookie:
        return False
    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
