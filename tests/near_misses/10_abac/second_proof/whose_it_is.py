"""Caught by: test_it_is_the_users_own. The session is compared, and whoever made the proof is not."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["session"] != session["id"]:
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
