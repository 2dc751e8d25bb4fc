"""Caught by: test_after_thirty_days_it_is_forgotten. A day more, for those who are on the way."""

from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def known_device(devices, cookie, user, now):
    return (
        bool(cookie)
        and devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now - timedelta(days=1)}})
        is not None
    )


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    return not (way == "password" and device_known)
