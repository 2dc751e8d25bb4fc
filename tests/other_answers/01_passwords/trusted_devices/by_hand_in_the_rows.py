"""Writes the counters' rows itself, and asks once for both facts."""

from hashlib import sha256

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    if not cookie:
        return None
    row = devices.find_one({"_id": sha256(cookie.encode()).hexdigest(), "user": name})
    return row["_id"] if row else None


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    if device:
        attempts.forget("device", device)
        return
    attempts.rows.delete_one({"_id": f"account {name}"})
    attempts.rows.update_one({"_id": f"source {source}", "count": {"$gt": 0}}, {"$inc": {"count": -1}})
