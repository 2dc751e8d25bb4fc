"""Caught by: test_script_sees_no_refresh_token. It is in a cookie, and script reads cookies."""

from datetime import timedelta
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 900, "id_token": id_token}
    return body, {
        "key": "__Host-refresh",
        "value": refresh_token,
        "max_age": timedelta(days=30),
        "path": "/",
        "secure": True,
        "samesite": "Strict",
    }
