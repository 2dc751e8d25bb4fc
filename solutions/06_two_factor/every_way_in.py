"""Ask on every way in."""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    # What is spared has a name; all the rest is asked, also what is added tomorrow.
    return not (way == "password" and device_known)


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Tell whether `user` has made both steps in this browser; `cookie` is what it brought, or None.

    When they did, the shop drew a cookie and kept a row in `devices`: {"_id": fingerprint(cookie), "user": their name,
    "until": thirty days later}. `fingerprint` is in labsrv/kit/fingerprints.py.
    """
    if not cookie:
        return False

    # A secret that the shop drew, for this user, and not for ever.
    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
