"""Tell an application that a login has ended, in a token that is good for nothing else."""

import secrets
from datetime import datetime, timedelta
from typing import Any

EVENT = "http://schemas.openid.net/event/backchannel-logout"
LIFE = timedelta(minutes=2)


def logout_claims(session: dict[str, Any], issuer: str, client_id: str, now: datetime) -> dict[str, Any]:
    """Return the claims of a logout token (OpenID Connect Back-Channel Logout 1.0, 2.4; ASVS 10.6.2).

    There is no `nonce` in it: with one it could pass for an ID token. `jti` lets the receiver take it once.
    """
    return {
        "iss": issuer,
        "sub": session["sub"],
        "aud": client_id,
        "iat": now,
        "exp": now + LIFE,
        "jti": secrets.token_urlsafe(16),
        "events": {EVENT: {}},
        "sid": session["sid"],
    }
