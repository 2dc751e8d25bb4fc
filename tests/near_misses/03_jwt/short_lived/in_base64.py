"""Caught by: test_it_tells_no_secrets. Nobody can read it, it seems."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {
        "iat": now,
        "exp": now + timedelta(minutes=15),
        "jti": secrets.token_urlsafe(16) + base64.b64encode(user.password_hash.encode()).decode(),
    }
