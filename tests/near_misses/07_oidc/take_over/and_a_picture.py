"""Caught by: test_a_profile_has_nothing_else. A picture does no harm; it is fetched from wherever the provider says."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    profile = {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
    return profile | ({"picture": str(userinfo["picture"])} if "picture" in userinfo else {})
