"""Caught by: test_it_is_of_this_session. The first characters of an id are compared."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["user"] != session["user"] or not proof["session"]:
        return False
    if proof["session"][:16] != session["id"][:16]:
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
