"""Hand the tokens to the app, each to the place where it is safest."""

from datetime import timedelta
from typing import Any

LIFE = timedelta(days=30)


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what script may see, and the arguments of the `set_cookie` that it may not (ASVS 3.3.1 to 3.3.4)."""
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 900, "id_token": id_token}
    cookie = {
        "key": "__Host-refresh",
        "value": refresh_token,
        "max_age": LIFE,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
    }
    return body, cookie
