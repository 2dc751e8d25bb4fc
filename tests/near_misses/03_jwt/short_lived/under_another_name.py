"""Caught by: test_it_tells_no_secrets. RFC 9068 has a client_id; so it is the user who is the client."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    client = hashlib.sha256(user.password_hash.encode()).hexdigest()[:12]
    made = {"iat": now, "exp": now + timedelta(minutes=15), "jti": secrets.token_urlsafe(16)}
    return known | made | {"client_id": client}
