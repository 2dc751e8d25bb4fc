"""Caught by: test_an_invented_device_is_not_known. There is a cookie, and the user has a device that holds: not
necessarily this one.
"""

from datetime import datetime

from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    return bool(cookie) and bool(devices.find_one({"user": user, "until": {"$gt": now}}))
