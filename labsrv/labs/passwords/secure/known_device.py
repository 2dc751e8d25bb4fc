"""Know a device again that this account has logged in on."""

from hashlib import sha256

from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    """Return the device's id if the shop gave its cookie out, and to this account; else None (ASVS 6.3.1)."""
    if not cookie:
        return None

    row = devices.find_one({"_id": sha256(cookie.encode()).hexdigest(), "user": name})
    return row["_id"] if row else None
