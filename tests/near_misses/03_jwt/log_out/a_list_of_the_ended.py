"""Caught by: test_a_token_without_a_login_is_refused. What has ended stands on a list; what never began, does not."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.end(claims["sid"])
    grants.rows.insert_one({"_id": f"ended {claims['sid']}", "family": "", "used": True})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return grants.rows.find_one({"_id": f"ended {claims.get('sid')}"}) is not None
