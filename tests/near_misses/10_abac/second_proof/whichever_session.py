"""Caught by: test_it_is_of_this_session. The user is compared, and not in which session."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["user"] != session["user"]:
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
