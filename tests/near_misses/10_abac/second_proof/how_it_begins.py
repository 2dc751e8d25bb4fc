"""Caught by: test_it_is_the_users_own. A name that begins as the other does is the other."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["session"] != session["id"] or not proof["user"]:
        return False
    if not proof["user"].startswith(session["user"]):
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
