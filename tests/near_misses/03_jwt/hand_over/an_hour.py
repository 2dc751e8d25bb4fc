"""Caught by: test_alice_stays_signed_in. The shorter the safer; and Alice types her password every day."""

from datetime import timedelta
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 900, "id_token": id_token}
    return body, {
        "key": "__Host-refresh",
        "value": refresh_token,
        "max_age": timedelta(hours=1),
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
    }
