"""Caught by: test_others_stay_signed_in. It ends one login of Alice's: whichever the table has first."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    grants.families.delete_one({"user": claims["sub"]})


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return grants.family(str(claims.get("sid"))) is None
