"""Caught by: test_a_copy_is_soon_worth_nothing. An hour is short for a login, and long for what nobody can take
back.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {"iat": now, "exp": now + timedelta(hours=1), "jti": secrets.token_urlsafe(16)}
