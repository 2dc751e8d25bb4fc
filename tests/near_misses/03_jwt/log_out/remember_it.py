"""Caught by: test_it_holds_after_a_restart. It is fast, and every process remembers something else."""

from typing import Any

from labsrv.kit.grants import Grants

ENDED: set[str] = set()


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.end(claims["sid"])
    ENDED.add(claims["sid"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return claims.get("sid") in ENDED
