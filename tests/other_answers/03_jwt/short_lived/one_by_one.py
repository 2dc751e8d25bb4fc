"""Takes the known claims by name, one by one, and draws the id as a large number."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User

NAMES = ("iss", "aud", "sub", "scope", "sid")


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    claims: dict[str, Any] = {name: known[name] for name in NAMES}
    claims["jti"] = f"{secrets.randbits(128):032x}"
    claims["iat"] = now
    claims["exp"] = claims["iat"] + timedelta(hours=0.25)
    return claims
