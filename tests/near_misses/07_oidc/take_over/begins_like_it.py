"""Caught by: test_metadata_of_another_issuer_are_not_trusted. What comes behind it is a path at the same provider."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return str(metadata.get("issuer", "")).startswith(issuer)


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
