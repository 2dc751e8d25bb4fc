"""Caught by: test_also_at_the_same_moment. The table is asked before anything ends, and told afterwards."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    number = f"{claims['iss']} {claims['jti']}"
    if used.find_one({"_id": number}):
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    used.replace_one({"_id": number}, {"_id": number, "at": now}, upsert=True)
    return True
