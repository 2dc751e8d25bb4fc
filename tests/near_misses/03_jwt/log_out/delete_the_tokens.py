"""Caught by: test_no_token_under_way_survives. All tokens of the family are deleted; the family is there, for one
that comes late.
"""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.rows.delete_many({"family": claims["sid"]})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return grants.rows.find_one({"family": claims.get("sid")}) is None
