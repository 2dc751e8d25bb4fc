"""Lax, with the date on which it ends in the place of a number of seconds; the kind is spelt in small letters."""

from datetime import UTC, datetime, timedelta
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {
        "token_type": "bearer",
        "expires_in": 900,
        "access_token": access_token,
        "id_token": id_token,
        "scope": "orders:read",
    }
    return body, {
        "key": "__Host-refresh",
        "value": refresh_token,
        "expires": datetime.now(UTC) + timedelta(days=30),
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
