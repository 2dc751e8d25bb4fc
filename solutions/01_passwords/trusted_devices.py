from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None

    # Given out by the shop, and for this account: the row knows both.
    row = devices.find_one({"_id": sha256(cookie.encode()).hexdigest(), "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return

    attempts.forget("account", name)
    # A login takes back itself: what else came from there has not been earned by it.
    attempts.take_back("source", source)
