"""Caught by: test_the_apps_door_asks_as_well. A code is for people; the app only has what it was given."""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return way in ("password", "link", "reset") and not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    if not cookie:
        return False
    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
