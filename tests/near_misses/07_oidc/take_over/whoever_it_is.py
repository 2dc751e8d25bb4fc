"""Caught by: test_mallory_does_not_get_alices_address. Both tokens came together; so they are one person."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
