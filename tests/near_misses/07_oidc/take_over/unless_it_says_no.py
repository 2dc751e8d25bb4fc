"""Caught by: test_an_address_that_nobody_verified_is_none. A provider that knows better says false."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified", True) is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
