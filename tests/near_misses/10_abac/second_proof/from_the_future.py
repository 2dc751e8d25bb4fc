"""Caught by: test_it_is_of_a_moment_ago. A proof from later than now is fresh."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    return session["began"] <= proof["at"] and now < proof["at"] + FRESH
