"""Caught by: test_it_says_when_it_was_made. Clocks differ, so it was issued a little earlier than it was."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {
        "iat": now - timedelta(seconds=20),
        "exp": now + timedelta(minutes=14, seconds=40),
        "jti": secrets.token_urlsafe(16),
    }
