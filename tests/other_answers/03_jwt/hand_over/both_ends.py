"""Says both how long it is kept and until when, and names no domain."""

import time
from typing import Any


def hand_over(access_token: str, id_token: str, refresh_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    month = 60 * 60 * 24 * 30
    answer: dict[str, Any] = {}
    answer["access_token"], answer["id_token"] = access_token, id_token
    answer["token_type"], answer["expires_in"] = "Bearer", 900
    cookie: dict[str, Any] = {"key": "__Host-refresh", "value": refresh_token, "path": "/", "domain": None}
    cookie.update(max_age=month, expires=time.time() + month, secure=True, httponly=True, samesite="Strict")
    return answer, cookie
