"""Ask whether a token's login has ended, although the token has not."""

from typing import Any

from labsrv.kit.grants import Grants


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    """Return whether the login behind these claims is over: the price is a look into the store (ASVS 7.4.1)."""
    return grants.family(str(claims.get("sid"))) is None
