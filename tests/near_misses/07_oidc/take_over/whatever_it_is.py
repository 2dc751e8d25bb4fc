"""Caught by: test_name_and_address_are_texts. What is there is taken over, and it is a text as a rule."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": userinfo.get("name", ""), "email": email or ""}
