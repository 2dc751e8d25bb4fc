"""Caught by: test_no_other_site_has_a_part_in_it. With None the app also works in frames; and so does Mallory's
form.
"""

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
        "httponly": True,
        "samesite": "None",
    }
