"""Compared by `hmac.compare_digest` and by a missing key that is caught; whatever stands for a name is written out."""

import hmac
from contextlib import suppress
from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    with suppress(KeyError, AttributeError):
        return hmac.compare_digest(metadata["issuer"].encode(), issuer.encode())
    return False


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    try:
        same = hmac.compare_digest(userinfo["sub"].encode(), claims["sub"].encode())
    except (KeyError, AttributeError):
        same = False
    if not same:
        return None

    name, email = f"{userinfo.get('name') or ''}", ""
    match userinfo:
        case {"email": str(address), "email_verified": bool(verified)} if verified:
            email = address
    return {"email": email[0:320], "name": "".join(list(name)[:100])}
