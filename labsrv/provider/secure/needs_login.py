"""Decide whether somebody who has a session has to show again who they are."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any


def needs_login(session: dict[str, Any] | None, asked: Mapping[str, str], proved: bool, now: datetime) -> bool:
    """Return whether the login page comes next (OpenID Connect Core, 3.1.2.1: `prompt`, `max_age`; ASVS 7.5.3).

    `proved` says that they have shown it since this request began: otherwise `prompt=login` would ask for ever.
    `auth_time` is when they last did; coming back with a cookie does not move it.
    """
    if session is None:
        return True
    if proved:
        return False
    if "login" in asked.get("prompt", "").split(" "):
        return True

    return "max_age" in asked and now - session["auth_time"] > timedelta(seconds=int(asked["max_age"]))
