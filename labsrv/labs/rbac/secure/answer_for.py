"""Deny by default: let in what is declared and permitted, and nothing else."""

from typing import Any


def answer_for(needed: str | None, user: dict[str, Any] | None) -> int:
    """Return 200, 401 for a stranger whom a login might help, or 403 (RFC 9110, 15.5.2 and 15.5.4; ASVS 8.3.1)."""
    if needed == "public":
        return 200
    if user is None:
        return 401

    # What nobody has declared is no permission that anybody has.
    if needed == "logged in" or needed in user["permissions"]:
        return 200

    return 403
