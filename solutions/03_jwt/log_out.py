"""Take back what can't be taken back."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    """End the login of the access token with these claims: `sid` is the name of its family of tokens."""
    grants.end(claims["sid"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    """Return whether an access token with these claims, which is good in all else, is refused."""
    # A look into the store on each request: what the signature saved is spent again, and log-out is real.
    return grants.family(str(claims.get("sid"))) is None
