"""Caught by: test_it_is_since_the_log_in. A proof that is older than the session counts."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
FRESH = timedelta(minutes=5)


def is_confirmed(proof: Json | None, session: Json, now: datetime) -> bool:
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False
    return proof["at"] <= now < proof["at"] + FRESH
