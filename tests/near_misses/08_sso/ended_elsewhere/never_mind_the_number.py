"""Caught by: test_a_token_counts_once. A login that has ended can't end again."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    named = {name: claims[name] for name in ("iss", "sub", "sid") if claims.get(name)}
    sessions.delete_many(named)
    return True
