"""Caught by: test_alices_own_laptops_are_known. It asks the table for the cookie itself, where its fingerprint is."""

from datetime import datetime

from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    return bool(cookie) and bool(devices.find_one({"_id": cookie, "user": user, "until": {"$gt": now}}))
