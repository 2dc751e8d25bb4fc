"""Caught by: test_alices_own_laptops_are_known. The row of the user, as if there could be one only."""

from labsrv.kit.fingerprints import fingerprint


def known_device(devices, cookie, user, now):
    row = devices.find_one({"user": user})
    return bool(row and cookie) and row["_id"] == fingerprint(cookie) and row["until"] > now


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    return not (way == "password" and device_known)
