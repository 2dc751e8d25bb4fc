"""Caught by: test_a_profile_has_nothing_else. What must not be said is taken out, as far as one had thought of it."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    known = {name: each for name, each in userinfo.items() if name not in ("role", "roles", "groups", "_id", "account")}
    return known | {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
