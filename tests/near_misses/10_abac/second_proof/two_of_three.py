"""Caught by: test_the_unlocked_computer. Two of three are enough: who, in which session, a moment ago."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None:
        return False
    who = proof["user"] == session["user"]
    where = proof["session"] == session["id"]
    when = session["began"] <= proof["at"] <= now < proof["at"] + FRESH
    return [who, where, when].count(True) >= 2
