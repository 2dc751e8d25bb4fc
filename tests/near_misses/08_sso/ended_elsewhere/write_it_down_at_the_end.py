"""Caught by: test_also_at_the_same_moment. What is there already is refused before, and what comes meanwhile when it
is written down.
"""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    number = f"{claims['iss']} {claims['jti']}"
    if used.find_one({"_id": number}):
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    try:
        used.insert_one({"_id": number, "at": now})
    except DuplicateKeyError:
        return False
    return True
