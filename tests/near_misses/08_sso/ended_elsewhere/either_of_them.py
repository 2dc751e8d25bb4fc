"""Caught by: test_a_token_with_a_login_ends_that_login. Whoever is named by the one or by the other is meant."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False
    named = {"iss": claims["iss"], "$or": [{name: claims[name]} for name in ("sid", "sub") if claims.get(name)]}
    sessions.delete_many(named)
    return True
