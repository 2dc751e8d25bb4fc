"""Caught by: test_it_is_of_this_session. A proof that names no session is of every one."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["user"] != session["user"]:
        return False
    if proof.get("session") and proof["session"] != session["id"]:
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
