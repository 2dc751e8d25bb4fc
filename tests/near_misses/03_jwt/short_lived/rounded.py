"""Caught by: test_it_says_when_it_was_made. The nearest whole second; half of the time it has not come yet."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    iat = round(now.timestamp())
    return known | {"iat": iat, "exp": iat + 900, "jti": secrets.token_urlsafe(16)}
