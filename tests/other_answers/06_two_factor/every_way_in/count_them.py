"""It goes through the user's devices, and compares in constant time."""

import hashlib
import hmac


def needs_second_step(way, device_known):
    return way != "password" or not device_known


def known_device(devices, cookie, user, now):
    if cookie is None:
        return False
    mark = hashlib.sha256(cookie.encode()).hexdigest()
    return any(hmac.compare_digest(r["_id"], mark) for r in devices.find({"user": user}) if r["until"] > now)
