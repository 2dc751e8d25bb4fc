"""Caught by: test_the_answer_is_that_of_the_standard. The app needs tokens; when to ask for more, it finds out."""

from datetime import timedelta
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    body = {"access_token": access_token, "id_token": id_token}
    return body, {
        "key": "__Host-refresh",
        "value": refresh_token,
        "max_age": timedelta(days=30),
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
    }
