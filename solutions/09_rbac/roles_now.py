"""Ask the store for somebody's roles, on each request."""

from typing import Any

from flask import Request

from labsrv.kit.store import Collection


def roles_of(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Return the roles in which somebody asks: a list of names."""
    row = staff.find_one({"_id": session["user"]})
    if row is None:
        return []

    # Activated once, and assigned now: neither is enough by itself.
    return [role for role in session["active"] if role in row["roles"]]
