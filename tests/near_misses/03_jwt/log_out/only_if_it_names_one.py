"""Caught by: test_a_token_without_a_login_is_refused. A token that names no login has none that could have ended."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.end(claims["sid"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return bool(claims.get("sid")) and grants.family(claims["sid"]) is None
