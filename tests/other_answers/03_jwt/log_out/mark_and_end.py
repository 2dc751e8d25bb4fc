"""Writes down when a login ended, in a table beside the families, and looks into both."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.rows.update_one({"_id": f"ended {claims['sid']}"}, {"$set": {"family": "", "used": True}}, upsert=True)
    grants.end(claims["sid"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    name = claims.get("sid")
    if not name or not isinstance(name, str):
        return True
    if grants.rows.find_one({"_id": f"ended {name}"}):
        return True
    return not grants.family(name)
