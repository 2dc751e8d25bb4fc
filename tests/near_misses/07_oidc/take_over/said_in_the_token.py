"""Caught by: test_an_address_that_nobody_verified_is_none. The signed token says that an address is verified: which?"""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    verified = claims.get("email_verified", userinfo.get("email_verified"))
    email = userinfo.get("email") if verified is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
