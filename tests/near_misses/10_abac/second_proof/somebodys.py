"""Caught by: test_it_is_the_users_own. Either the user or the session is right."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"] != session["user"] and proof["session"] != session["id"]):
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
