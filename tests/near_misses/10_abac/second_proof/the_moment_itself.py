"""Caught by: test_it_is_since_the_log_in. One of the very moment of the log-in does not count."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    return session["began"] < proof["at"] <= now < proof["at"] + FRESH
