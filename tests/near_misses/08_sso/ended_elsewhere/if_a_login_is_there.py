"""Caught by: test_a_token_without_a_login_ends_all_of_somebodys. Where the token has a `sid` it is used, and where
not, `sub` is.
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
    key = "sid" if "sid" in claims else "sub"
    named = {"iss": claims["iss"], key: claims[key]}
    sessions.delete_many(named)
    return True
