"""Caught by: test_also_at_the_same_moment. Each one is written down, and who finds that there are two is the second."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    number = {"iss": claims["iss"], "jti": claims["jti"]}
    used.insert_one({**number, "at": now})
    if used.count_documents(number) > 1:
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
