"""Caught by: test_others_stay_signed_in. Alice logs out, so all that is hers ends: on her tablet, too."""

from typing import Any

from labsrv.kit.grants import Grants


def log_out(grants: Grants, claims: dict[str, Any]) -> None:
    for each in grants.families.find({"user": claims["sub"]}):
        grants.end(each["_id"])


def is_revoked(grants: Grants, claims: dict[str, Any]) -> bool:
    return grants.family(str(claims.get("sid"))) is None
