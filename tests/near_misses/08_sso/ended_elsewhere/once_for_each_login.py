"""Caught by: test_a_token_counts_once. A number may be taken once for each login that it is about."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']} {claims.get('sub')} {claims.get('sid')}", "at": now})
    except DuplicateKeyError:
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
