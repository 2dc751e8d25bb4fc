"""Rows are compared here and taken out one by one; whether the number is new shows by what an update has put in."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.store import Collection

KEPT = timedelta(days=1)


def is_meant(row: dict[str, Any], claims: dict[str, Any]) -> bool:
    if row["iss"] != claims["iss"]:
        return False
    sid = claims.get("sid")
    return row["sid"] == sid if sid else row["sub"] == claims.get("sub")


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    number = hashlib.sha256(repr((claims["iss"], claims["jti"])).encode()).hexdigest()
    is_new = used.update_one({"_id": number}, {"$inc": {"times": 1}, "$set": {"last": now}}, upsert=True).upserted_id
    if is_new is None:
        return False
    used.delete_many({"last": {"$lt": now - KEPT}})
    for row in sessions.find():
        if is_meant(row, claims):
            sessions.delete_one({"_id": row["_id"]})
    return True
