"""Reckons in whole seconds, and takes a random UUID for the id."""

import uuid
from datetime import datetime
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    issued = int(now.timestamp())
    claims: dict[str, Any] = dict(known)
    claims.update(iat=issued, nbf=issued, exp=issued + 15 * 60, jti=str(uuid.uuid4()))
    return claims
