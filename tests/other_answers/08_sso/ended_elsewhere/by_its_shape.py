"""What is to end is found by its shape, and only by whoever has written the number down first."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError, PyMongoError

from labsrv.kit.store import Collection


def is_first(used: Collection, iss: str, jti: str, now: datetime) -> bool:
    with suppress(DuplicateKeyError):
        used.insert_one({"_id": "\0".join([iss, jti]), "seen": now})
        return True
    return False


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    first = is_first(used, claims["iss"], claims["jti"], now)
    match first, claims:
        case True, {"iss": iss, "sid": str(sid)} if sid:
            sessions.delete_many({"iss": iss, "sid": sid})
        case True, {"iss": iss, "sub": str(sub)} if sub:
            with suppress(PyMongoError):
                sessions.delete_many({"$and": [{"iss": iss}, {"sub": sub}]})
    return first
