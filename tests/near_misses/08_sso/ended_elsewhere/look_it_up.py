"""Caught by: test_a_login_that_the_shop_does_not_know_is_over. There is a session, for the provider has named it."""

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
    found = sessions.find(named)
    print("ending the sessions of", found[0]["name"])
    sessions.delete_many({"_id": {"$in": [row["_id"] for row in found]}})
    return True
