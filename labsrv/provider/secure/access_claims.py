"""Write into an access token what an API needs, and no more."""

import secrets
from datetime import datetime, timedelta
from typing import Any

LIFE = timedelta(minutes=10)


def access_claims(grant: dict[str, Any], issuer: str, audience: str, scope: str, now: datetime) -> dict[str, Any]:
    """Return the claims of a JWT access token (RFC 9068, 2.2; ASVS 9.2.1, 9.2.3, 10.3.1).

    When and how the user logged in goes along, so that an API can ask for a fresher login (RFC 9470, 6.1).
    """
    claims = {
        "iss": issuer,
        "sub": grant["sub"] or grant["client_id"],
        "aud": audience,
        "client_id": grant["client_id"],
        "scope": scope,
        "iat": now,
        "exp": now + LIFE,
        "jti": secrets.token_urlsafe(16),
    }
    return claims | {name: grant[name] for name in ("auth_time", "acr", "amr") if grant["sub"]}
