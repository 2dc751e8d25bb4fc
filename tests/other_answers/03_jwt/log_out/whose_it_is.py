"""Is stricter: a token has to be of the user to whom the login belongs, too."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    name = claims.get("sid")
    if name and grants.family(name):
        grants.end(name)


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    match claims:
        case {"sid": str(name), "sub": str(user)}:
            family = grants.family(name)
            return family is None or family["user"] != user
    return True
