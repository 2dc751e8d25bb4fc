"""Caught by: test_after_thirty_days_it_is_forgotten. Each visit renews the thirty days: who comes every week is known
for ever.
"""

from datetime import timedelta

from labsrv.kit.fingerprints import fingerprint


def known_device(devices, cookie, user, now):
    if not cookie:
        return False
    row = devices.find_one_and_update(
        {"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}, {"$set": {"until": now + timedelta(days=30)}}
    )
    return row is not None


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    return not (way == "password" and device_known)
