"""Caught by: test_nobody_elses_session_ends. Some write the issuer with a slash and some without; what counts is the
beginning.
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
    issuer = named.pop("iss")
    for row in sessions.find(named):
        if row["iss"].startswith(issuer) or issuer.startswith(row["iss"]):
            sessions.delete_one({"_id": row["_id"]})
    return True
