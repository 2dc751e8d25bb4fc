"""Find out in which roles somebody asks, from what the server knows."""

from typing import Any

from flask import Request

from labsrv.kit.store import Collection


def roles_of(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Return the roles that are active in the session and still assigned (INCITS 359, SessionRoles; ASVS 8.3.2)."""
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    return [role for role in session["active"] if role in assigned]
