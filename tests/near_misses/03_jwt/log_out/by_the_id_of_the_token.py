"""Caught by: test_no_access_token_survives. The family ends, and this one access token; there is an older one."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.end(claims["sid"])
    grants.rows.insert_one({"_id": f"ended {claims['jti']}", "family": "", "used": True})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return grants.rows.find_one({"_id": f"ended {claims.get('jti')}"}) is not None
