"""Caught by: test_an_address_that_nobody_verified_is_none. Some providers send a text; here it counts for nothing."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    verified = str(userinfo.get("email_verified")).lower() == "true"
    email = userinfo.get("email") if verified else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
