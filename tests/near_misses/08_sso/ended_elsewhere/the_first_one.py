"""Caught by: test_a_token_with_a_login_ends_that_login. A login has one session here, and its row is taken out."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_one(named)
    return True
