"""Say in a token what the API needs to know, and for how long."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User

LIFE = timedelta(minutes=15)


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    """Return the claims of a short-lived access token (RFC 9068, 2.2; ASVS 9.2.1).

    Everybody who holds a token can read it, so nothing of the user's row goes in.
    """
    return known | {"iat": now, "exp": now + LIFE, "jti": secrets.token_urlsafe(16)}
