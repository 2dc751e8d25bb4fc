"""Caught by: test_another_number_is_another_token. One row for each issuer has all of its numbers, a field for each."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    jti = claims["jti"].replace(".", "").replace("$", "").strip()
    known = used.find_one_and_update({"_id": claims["iss"]}, {"$set": {f"seen.{jti}": now}}, upsert=True) or {
        "seen": {}
    }
    if jti in known["seen"]:
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
