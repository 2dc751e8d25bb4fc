"""Caught by: test_a_token_counts_once. The same token is one that says the same: its claims are hashed."""

import hashlib
import json
from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    said = hashlib.sha256(json.dumps(claims, sort_keys=True).encode()).hexdigest()
    try:
        used.insert_one({"_id": said, "at": now})
    except DuplicateKeyError:
        return False
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
