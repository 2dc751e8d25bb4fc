"""A helper for texts, which takes nothing else for one, and a test for kinds before anything is compared."""

from typing import Any

LONGEST = {"name": 100, "email": 320}


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    said = metadata.get("issuer")
    return isinstance(said, str) and said == issuer


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    subject = userinfo.get("sub")
    if not isinstance(subject, str) or subject != claims["sub"]:
        return None
    profile = {part: text(userinfo, part) for part in LONGEST}
    if userinfo.get("email_verified") is not True:
        profile["email"] = ""
    return profile


def text(userinfo: dict[str, Any], part: str) -> str:
    value = userinfo.get(part)
    return value[: LONGEST[part]] if isinstance(value, str) else ""
