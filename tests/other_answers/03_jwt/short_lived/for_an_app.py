"""Names the app, as RFC 9068 has it; the id is hexadecimal, with the time in front."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.accounts import User


def access_claims(known: dict[str, str], user: User, now: datetime) -> dict[str, Any]:
    return {
        **known,
        "client_id": "tea-shop-app",
        "iat": now.replace(microsecond=0),
        "exp": now.replace(microsecond=0) + timedelta(seconds=900),
        "jti": f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(12)}",
    }
