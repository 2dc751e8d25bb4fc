"""Caught by: test_a_made_up_cookie_is_no_device. A cookie of the right length and alphabet is not yet the shop's."""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if cookie and len(cookie) >= 32 and cookie.replace("-", "").replace("_", "").isalnum():
        return sha256(cookie.encode()).hexdigest()

    return None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return

    attempts.forget("account", name)
    attempts.take_back("source", source)
