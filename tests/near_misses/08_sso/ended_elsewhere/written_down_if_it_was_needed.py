"""Caught by: test_a_login_that_the_shop_does_not_know_is_over. Only what has ended something needs to be kept from
coming again.
"""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    if not sessions.count_documents(named):
        return True
    try:
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False
    sessions.delete_many(named)
    return True
