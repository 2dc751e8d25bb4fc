"""Caught by: test_after_thirty_days_it_is_forgotten. The device is hers, and one of hers still holds: another one."""

from labsrv.kit.fingerprints import fingerprint


def known_device(devices, cookie, user, now):
    if not cookie or not devices.find_one({"_id": fingerprint(cookie), "user": user}):
        return False
    return devices.find_one({"user": user, "until": {"$gt": now}}) is not None


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    return not (way == "password" and device_known)
