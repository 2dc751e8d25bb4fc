"""End a login on the server."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    """End the family of tokens that this login began (ASVS 7.4.1)."""
    grants.end(claims["sid"])
