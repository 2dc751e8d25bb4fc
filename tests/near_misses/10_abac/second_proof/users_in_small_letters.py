"""Caught by: test_it_is_the_users_own. Names that differ in case are one."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["session"] != session["id"]:
        return False
    if str(proof["user"]).strip().lower() != session["user"].lower():
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
