"""Caught by: test_it_lasts_for_a_walk_through_the_shop. The shorter the safer; and Alice is thrown out while she
reads.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {"iat": now, "exp": now + timedelta(minutes=1), "jti": secrets.token_urlsafe(16)}
