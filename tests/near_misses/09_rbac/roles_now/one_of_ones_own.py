"""Caught by: test_no_role_from_body_or_address. A request picks one of the active roles: it only gets fewer."""

from typing import Any

from flask import Request

from labsrv.kit.store import Collection


def roles_of(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Return the roles in which somebody asks: a list of names."""
    row = staff.find_one({"_id": session["user"]})
    if row is None:
        return []
    roles = [role for role in session["active"] if role in row["roles"]]

    chosen = request.args.get("as")
    if chosen in roles:
        return [chosen]
    return roles
