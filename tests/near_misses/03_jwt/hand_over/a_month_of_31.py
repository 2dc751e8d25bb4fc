"""Caught by: test_it_outlives_the_evening. A month has 31 days, and the token is good for thirty."""

from datetime import timedelta
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 900, "id_token": id_token}
    cookie = {
        "key": "__Host-refresh",
        "value": refresh_token,
        "max_age": timedelta(days=31),
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
    }
    return body, cookie
