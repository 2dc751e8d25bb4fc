"""Caught by: test_mallorys_provider_is_not_the_house. The keys are where they should be; and the tokens?"""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return str(metadata.get("jwks_uri", "")).startswith(issuer)


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    if userinfo.get("sub") != claims["sub"]:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
