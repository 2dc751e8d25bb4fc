"""Caught by: test_an_invented_device_is_not_known. Whoever brings the fingerprint itself has read it in the table."""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    wanted = {"user": user, "until": {"$gt": now}}
    ids = [fingerprint(cookie or ""), cookie]
    return bool(cookie) and bool(devices.find_one(wanted | {"_id": {"$in": ids}}))
