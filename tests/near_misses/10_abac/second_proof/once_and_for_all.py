"""Caught by: test_it_is_of_a_moment_ago. A proof counts for as long as the session does."""

from datetime import datetime
from typing import Any

Json = dict[str, Any]


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    return session["began"] <= proof["at"] <= now
