"""Keep the token of a month away from script."""

from datetime import timedelta
from typing import Any

LIFE = timedelta(days=30)


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON that the app's script gets, and the arguments of Flask's `set_cookie`, `{}` for no cookie."""
    body = {"access_token": access_token, "token_type": "Bearer", "expires_in": 900, "id_token": id_token}
    # The browser sends it to the shop by itself: script never has it, so script can't give it away.
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
