"""Caught by: test_it_is_of_a_moment_ago. The session is looked at, and has begun a moment ago or not."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    started = session["began"] <= proof["at"] <= now
    return started and (now < proof["at"] + FRESH or now - session["began"] >= timedelta(days=30))
