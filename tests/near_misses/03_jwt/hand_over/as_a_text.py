"""Caught by: test_the_answer_is_that_of_the_standard. A form has texts only; JSON has numbers."""

from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": "900", "id_token": id_token}
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
