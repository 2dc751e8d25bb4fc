"""Recognise a device on which both steps were made before."""

from datetime import datetime

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Find the secret that the shop gave this device for this user, while it holds."""
    if not cookie:
        return False

    return devices.find_one({"_id": fingerprint(cookie), "user": user, "until": {"$gt": now}}) is not None
