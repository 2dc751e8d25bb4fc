"""Deletes the family's row and its tokens in the tables themselves, and counts the rows that there are."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.families.delete_many({"_id": claims["sid"]})
    grants.rows.delete_many({"family": claims["sid"]})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    name = claims.get("sid")
    return not isinstance(name, str) or grants.families.count_documents({"_id": name}) == 0
