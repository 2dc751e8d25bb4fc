"""Caught by: test_it_tells_no_secrets. One day somebody will go by the role in the token, on the day after it
changed.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {"iat": now, "exp": now + timedelta(minutes=15), "jti": secrets.token_urlsafe(16), "role": user.role}
