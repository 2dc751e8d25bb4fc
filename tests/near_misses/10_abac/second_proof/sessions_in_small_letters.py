"""Caught by: test_it_is_of_this_session. Ids that differ in case are one."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or proof["user"] != session["user"] or str(proof["session"]).lower() != session["id"].lower():
        return False
    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
