"""Caught by: test_a_copy_is_soon_worth_nothing. It ends a quarter of an hour after the day on which it was made."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {
        "iat": now,
        "exp": now.replace(hour=0, minute=15) + timedelta(days=1),
        "jti": secrets.token_urlsafe(16),
    }
