"""Caught by: test_script_sees_no_refresh_token. Nobody reads it at a glance; script does, in one line."""

import base64
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": 900,
        "id_token": id_token,
        "state": base64.b64encode(refresh_token.encode()).decode(),
    }
    cookie = {
        "key": "__Host-refresh",
        "value": refresh_token,
        "max_age": 30 * 86_400,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
    }
    return body, cookie
