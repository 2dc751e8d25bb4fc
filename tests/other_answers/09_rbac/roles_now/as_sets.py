"""Assigned and active are compared as sets; the order is that of the alphabet."""

from typing import Any

from flask import Request

from labsrv.kit.store import Collection


def roles_of(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    found = staff.find({"_id": session["user"]}, {"roles": 1})
    assigned = set(found[0].get("roles", [])) if found else set()
    return sorted(assigned.intersection(session["active"]))
