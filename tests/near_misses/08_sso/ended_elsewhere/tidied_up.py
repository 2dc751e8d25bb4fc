"""Caught by: test_nobody_elses_session_ends. Names may come in another case, or with a blank: both sides are tidied
up before.
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
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    for row in sessions.find({"iss": named.pop("iss")}):
        if all(str(row[name]).strip().lower() == each.strip().lower() for name, each in named.items()):
            sessions.delete_one({"_id": row["_id"]})
    return True
