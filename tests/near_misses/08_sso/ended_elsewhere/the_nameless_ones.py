"""Caught by: test_a_token_without_a_login_ends_all_of_somebodys. A token without a login is about the sessions of
which no login is known.
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
    named = {"iss": claims["iss"], "sid": claims.get("sid") or None}
    if claims.get("sub"):
        named["sub"] = claims["sub"]
    sessions.delete_many(named)
    return True
