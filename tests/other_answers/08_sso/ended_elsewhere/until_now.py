"""The number is put in by an upsert which says what was there before; sessions stay, and are over from now on."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    number = {"iss": claims["iss"], "jti": claims["jti"]}
    before = used.find_one_and_update({"_id": number}, {"$setOnInsert": {"first": now}}, upsert=True)
    if before is not None:
        return False

    if claims.get("sid"):
        whose = {"iss": claims["iss"], "sid": claims["sid"]}
    else:
        whose = {"iss": claims["iss"], "sub": claims["sub"]}
    sessions.update_many(whose, {"$set": {"until": now}})
    return True
