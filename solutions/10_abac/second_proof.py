"""Say whether a second proof counts for this session, now."""

from datetime import datetime, timedelta
from typing import Any

FRESH = timedelta(minutes=5)


def is_confirmed(proof: dict[str, Any] | None, session: dict[str, Any], now: datetime) -> bool:
    """Return whether a proof is this user's, of this session, made since its log-in and in the last five minutes.

    (RFC 9470; ASVS 5.0, 7.5.3.)
    """
    if proof is None or (proof["user"], proof["session"]) != (session["user"], session["id"]):
        return False

    return session["began"] <= proof["at"] <= now < proof["at"] + FRESH
