"""Caught by: test_metadata_of_another_issuer_are_not_trusted. One host is one provider; it may have many tenants."""

from typing import Any
from urllib.parse import urlsplit


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    try:
        return urlsplit(metadata["issuer"])[:2] == urlsplit(issuer)[:2]
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
