"""Caught by: test_userinfo_is_about_who_logged_in. `in` for one who has several subjects, and it finds parts of one."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    return metadata.get("issuer") == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    said = userinfo.get("sub")
    if not said or said is True or isinstance(said, dict) or claims["sub"] not in said:
        return None
    email = userinfo.get("email") if userinfo.get("email_verified") is True else None
    return {"name": str(userinfo.get("name") or "")[:100], "email": str(email or "")[:320]}
