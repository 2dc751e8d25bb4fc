"""Strict, since people can be asked to click once more; Path is left to Flask, and the name is another one."""

from typing import Any


def cookie_settings() -> dict[str, Any]:
    return {"key": "__Host-tea_session", "httponly": True, "secure": True, "samesite": "Strict"}
