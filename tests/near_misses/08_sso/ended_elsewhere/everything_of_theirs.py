"""Caught by: test_a_token_with_a_login_ends_that_login. Who leaves wants to be out: all sessions of this person end."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False
    named = {"iss": claims["iss"], "sub": claims["sub"]} if claims.get("sub") else {"sid": claims["sid"]}
    sessions.delete_many(named)
    return True
