"""Caught by: test_metadata_of_another_issuer_are_not_trusted. Who does not say who it is does not say it is another."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer", issuer) in (issuer, None)


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
