"""The tokens that come of a grant.

ID token        a JWT, for the application: who logged in, when and how (OpenID Connect Core, 2)
access token    for an API: a JWT that it can read itself (RFC 9068). For our own userinfo: random characters, since
                nobody else has to read it, and a token that says nothing tells nothing to whoever finds it
refresh token   random characters
"""

import base64
import hashlib
import secrets
from datetime import datetime
from typing import Any

from labsrv.provider.provider import Provider
from labsrv.provider.rows.people import claims_of


def id_token(
    provider: Provider, grant: dict[str, Any], nonce: str | None, access_token: str | None = None, **more: Any
) -> str:
    """Return an ID token (OpenID Connect Core, 2, 3.1.3.3; `sid` by Back-Channel Logout 1.0, 2.1)."""
    now = provider.now()
    client = provider.clients.get(grant["client_id"]) or {}
    claims = {
        "iss": provider.issuer,
        "sub": grant["sub"],
        "aud": grant["client_id"],
        "exp": now + provider.settings.id_token_life,
        "iat": now,
        **{name: grant[name] for name in ("auth_time", "acr", "amr", "sid")},
        **more,
    }
    if nonce is not None:
        claims["nonce"] = nonce
    if access_token is not None:
        claims["at_hash"] = half_hash(access_token)
    return provider.sign("id_token", "JWT", claims, client["id_token_signed_response_alg"])


def half_hash(token: str) -> str:
    """Return the left half of the SHA-256 of a token (OpenID Connect Core, 3.1.3.6): it ties an ID token to it."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()


def profile(provider: Provider, grant: dict[str, Any]) -> dict[str, Any]:
    """Return what the user agreed that the client may know of them (OpenID Connect Core, 5.4)."""
    account = provider.people.get(grant["sub"])
    return claims_of(account, grant["scope"]) if account else {}


def access_token(provider: Provider, grant: dict[str, Any], audience: str, scope: str, **more: Any) -> str:
    """Return an access token for an API, or with "" for our own userinfo."""
    scope = provider.scope_at(audience, scope)
    if not audience:
        until = provider.now() + provider.settings.access_token_life
        return provider.grants.keep(secrets.token_urlsafe(32), grant, "access", scope, audience, until)

    claims = provider.decide.access_claims(grant, provider.issuer, audience, scope, provider.now()) | more
    token = provider.sign("access_token", "at+jwt", claims, "RS256")
    return provider.grants.keep(token, grant, "access", scope, audience, claims["exp"])


def refresh_token(provider: Provider, grant: dict[str, Any], until: datetime) -> str:
    """Return a refresh token. `until` is when the grant ends, however often it is used."""
    return provider.grants.keep(secrets.token_urlsafe(32), grant, "refresh", grant["scope"], "", until)
