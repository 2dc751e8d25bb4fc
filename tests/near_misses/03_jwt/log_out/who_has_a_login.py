"""Caught by: test_no_access_token_survives. A token is good while its user is logged in somewhere."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.end(claims["sid"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return "sid" not in claims or not grants.families.find_one({"user": claims["sub"]})
