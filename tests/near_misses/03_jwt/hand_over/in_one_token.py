"""Caught by: test_the_app_knows_who_it_is. The access token says who it is as well; so one token is enough."""

from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 900, "id_token": access_token}
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
