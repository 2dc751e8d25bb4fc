"""The cookie's settings stand at the top, in seconds; the path is the default."""

from typing import Any

THIRTY_DAYS = 30 * 24 * 60 * 60
TYPE = {"token_type": "Bearer", "expires_in": 15 * 60}
SETTINGS: dict[str, Any] = {
    "key": "__Host-refresh",
    "max_age": THIRTY_DAYS,
    "httponly": True,
    "secure": True,
    "samesite": "strict",
}


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    tokens = {"access_token": access_token, "id_token": id_token}
    return TYPE | tokens, SETTINGS | {"value": refresh_token}
