"""Caught by: test_a_login_that_the_shop_does_not_know_is_over. Where the login is not found, its person is."""

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
    found = sessions.delete_many(named).deleted_count
    if not found and claims.get("sub"):
        sessions.delete_many({"iss": claims["iss"], "sub": claims["sub"]})
    return True
