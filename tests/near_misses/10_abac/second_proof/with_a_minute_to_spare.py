"""Caught by: test_it_is_since_the_log_in. A minute before the log-in counts as well."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    return session["began"] - timedelta(minutes=1) < proof["at"] <= now < proof["at"] + FRESH
