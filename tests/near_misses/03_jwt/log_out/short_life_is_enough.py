"""Caught by: test_no_access_token_survives. No refresh token works; the access token is over soon by itself."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.end(claims["sid"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return False
