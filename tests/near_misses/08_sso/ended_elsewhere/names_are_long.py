"""Caught by: test_nobody_elses_session_ends. `sid` and `sub` are drawn, and long enough to be different everywhere."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False
    named = {name: claims[name] for name in ("sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
