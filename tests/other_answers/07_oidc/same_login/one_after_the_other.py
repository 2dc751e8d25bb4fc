"""A function for each rule, dates as dates, a hash compared as bytes, and a moment in the future refused."""

import hashlib
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    return (
        claims.get("nonce") == transaction["nonce"]
        and goes_with(claims.get("at_hash"), access_token)
        and logged_in_as_asked(claims.get("acr"), transaction["acr_values"])
        and recently_enough(claims.get("auth_time"), transaction["max_age"], now)
    )


def goes_with(at_hash: Any, access_token: str) -> bool:
    if at_hash is None:
        return True
    try:
        return (
            len(at_hash) == 22
            and urlsafe_b64decode(at_hash + "==") == hashlib.sha256(access_token.encode()).digest()[:16]
        )
    except (ValueError, TypeError):
        return False


def logged_in_as_asked(acr: Any, asked: str) -> bool:
    return not asked or any(acr == each for each in asked.split(" "))


def recently_enough(since: Any, asked: int | None, now: datetime) -> bool:
    if asked is None:
        return True
    if isinstance(since, bool) or not isinstance(since, int | float):
        return False
    try:
        then = datetime.fromtimestamp(since, UTC)
    except (OverflowError, OSError, ValueError):
        return False
    return timedelta(seconds=-5) <= now - then <= timedelta(seconds=asked)
