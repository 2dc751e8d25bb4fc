"""Every argument is spelled out, also those that say nothing, and the values are built up step by step."""

from typing import Any

HOST_PREFIX = "__Host-"


def cookie_settings() -> dict[str, Any]:
    settings: dict[str, Any] = {"max_age": None, "expires": None, "domain": None, "path": "/"}
    settings.update(secure=True, httponly=True)
    settings["samesite"] = "lax"
    return {**settings, "key": f"{HOST_PREFIX}id"}
