"""Caught by: test_it_says_when_it_was_made. Seconds since the epoch, as Python tells them."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {"iat": now.timestamp(), "exp": now.timestamp() + 900, "jti": secrets.token_urlsafe(16)}
