"""Caught by: test_a_copy_is_soon_worth_nothing. A little less than a quarter of an hour, to be on the safe side."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {"iat": now, "exp": now + timedelta(minutes=14, seconds=30), "jti": secrets.token_urlsafe(16)}
