"""Caught by: test_a_token_without_a_login_ends_all_of_somebodys. A person who has left has left here."""

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
    if "sid" in named:
        sessions.delete_many(named)
    else:
        sessions.delete_one(named)
    return True
