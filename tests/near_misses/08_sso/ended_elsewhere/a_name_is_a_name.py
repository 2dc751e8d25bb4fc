"""Caught by: test_nobody_elses_session_ends. Names are drawn, and nobody's is somebody else's: either column may have
it.
"""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False
    name = claims.get("sid") or claims["sub"]
    named = {"iss": claims["iss"], "$or": [{"sid": name}, {"sub": name}]}
    sessions.delete_many(named)
    return True
