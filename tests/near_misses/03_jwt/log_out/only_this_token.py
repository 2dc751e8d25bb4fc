"""Caught by: test_no_refresh_token_survives. It notes the token that Alice logged out with, and refuses that one."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.rows.insert_one({"_id": f"ended {claims['jti']}", "family": "", "used": True})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return (
        grants.rows.find_one({"_id": f"ended {claims.get('jti')}"}) is not None
        or grants.family(str(claims.get("sid"))) is None
    )
