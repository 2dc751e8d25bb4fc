"""Take over what the shop needs to know, and nothing else."""

from typing import Any


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    """Return name and e-mail address, or None where both are not about the same person (Core, 5.3.2; ASVS 10.5.2).

    A provider may say anything: what somebody may do here is ours to say (ASVS 14.2.3).
    """
    if userinfo.get("sub") != claims["sub"]:
        return None

    # An address that nobody has verified is one that somebody typed.
    email = userinfo.get("email") if userinfo.get("email_verified") is True else ""
    return {"name": str(userinfo.get("name", ""))[:100], "email": str(email or "")[:320]}
