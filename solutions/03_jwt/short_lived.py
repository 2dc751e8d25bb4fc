"""Make tokens that are short of life and short of words."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User

LIFE = timedelta(minutes=15)


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    """Return the claims of an access token for `user`, made `now`. `known` has iss, aud, sub, scope and sid."""
    # Who needs more of the user can look them up by `sub`: there it is fresh, and not in everybody's hands.
    return known | {"iat": now, "exp": now + LIFE, "jti": secrets.token_urlsafe(16)}
