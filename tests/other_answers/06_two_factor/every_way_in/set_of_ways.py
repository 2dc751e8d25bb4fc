"""It lists what is spared, and compares user and moment by itself."""

from labsrv.kit.fingerprints import fingerprint

SPARED = {("password", True)}


def needs_second_step(way, device_known):
    return (way, device_known) not in SPARED


def known_device(devices, cookie, user, now):
    row = devices.find_one({"_id": fingerprint(cookie)}) if cookie else None
    return bool(row) and row["user"] == user and now <= row["until"]
