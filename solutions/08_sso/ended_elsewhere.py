"""End the sessions that came of a login which has ended at the provider, and no others."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    """End what a logout token names; return False, and end nothing, where the token came before.

    OpenID Connect Back-Channel Logout 1.0, 2.6 and 2.7; ASVS 7.4.1, 10.6.2. `claims` are those of a good token.
    """
    try:
        # Written down first: two at the same moment are one and a replay.
        used.insert_one({"_id": f"{claims['iss']} {claims['jti']}", "at": now})
    except DuplicateKeyError:
        return False

    # Both are names within one issuer. `sid` is one login, `sub` alone is all of somebody's.
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
