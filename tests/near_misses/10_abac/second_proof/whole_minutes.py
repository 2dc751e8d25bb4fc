"""Caught by: test_it_is_of_a_moment_ago. Minutes are counted from the clock, and begin anew with each hour."""

from datetime import datetime
from typing import Any

Json = dict[str, Any]


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    minutes = (now - proof["at"]).seconds // 60 % 60
    return session["began"] <= proof["at"] <= now and minutes < 5
