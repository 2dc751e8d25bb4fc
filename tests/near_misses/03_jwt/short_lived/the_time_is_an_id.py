"""Caught by: test_no_two_tokens_have_one_id. No second comes twice; two tokens come in one."""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return known | {
        "iat": now,
        "exp": now + timedelta(minutes=15),
        "jti": f"token-of-{now.timestamp():.0f}-{user.name}",
    }
