"""Caught by: test_an_invented_device_is_not_known. Forty-three characters, as the shop draws them; the stolen
table has longer ones still.
"""

from datetime import datetime

from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    return bool(cookie) and len(cookie or "") > 40
