"""Caught by: test_a_known_device_spares_after_the_password_only. Who chose a password on a known device knows it."""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way, device_known):
    return not (way in ("password", "reset") and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Tell whether `user` has made both steps in this browser; `cookie` is what it brought, or None.

    When they did, the shop drew a cookie and kept a row in `devices`: {"_id": fingerprint(cookie), "user": their name,
    "until": thirty days later}. `fingerprint` is in labsrv/kit/fingerprints.py.
    """
    if not cookie:
        return False
    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
