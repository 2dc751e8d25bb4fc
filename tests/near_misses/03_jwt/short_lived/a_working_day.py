"""Caught by: test_a_copy_is_soon_worth_nothing. Customers' tokens are short of life, the staff's last a working day."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    life = timedelta(minutes=15) if user.role == "customer" else timedelta(hours=8)
    return known | {"iat": now, "exp": now + life, "jti": secrets.token_urlsafe(16)}
