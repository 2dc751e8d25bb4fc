"""It sweeps up what is over, and counts."""

from labsrv.kit.fingerprints import fingerprint


def known_device(devices, cookie, user, now):
    devices.delete_many({"until": {"$lte": now}})
    return devices.count_documents({"_id": fingerprint(cookie or ""), "user": user}) == 1


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    return not (way == "password" and device_known)
