"""Caught by: test_no_access_token_survives. No token of the family works again; the family goes on, without any."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.rows.update_many({"family": claims["sid"]}, {"$set": {"used": True}})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return grants.family(str(claims.get("sid"))) is None
