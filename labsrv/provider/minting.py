"""The tokens that come of a grant.

ID token        a JWT, for the application: who logged in, when and how (OpenID Connect Core, 2)
access token    for an API: a JWT that it can read itself (RFC 9068). For our own userinfo: random characters, since
                nobody else has to read it, and a token that says nothing tells nothing to whoever finds it
refresh token   random characters
"""

import base64
import hashlib
import secrets
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


def access_token(
    provider: Provider, grant: dict[str, Any], audience: str, scope: str, jkt: str = ""
) -> tuple[str, int]:
    """Return an access token for an API, or with "" for our own userinfo, and its life in seconds.

    It is bound to a key, if one is given.
    """
    known = {"scope": provider.scope_at(audience, scope), "audience": audience, "jkt": jkt}
    if not audience:
        life, token = provider.settings.access_token_life, secrets.token_urlsafe(32)
        kept = provider.grants.keep(token, grant, "access", until=provider.now() + life, **known)
        return kept, int(life.total_seconds())

    now = provider.now()
    claims = provider.decide.access_claims(grant, provider.issuer, audience, known["scope"], now)
    # RFC 9449, 6.1: the API sees by `cnf` whose proof it has to ask for.
    bound = {"cnf": {"jkt": jkt}} if jkt else {}
    token = provider.sign("access_token", "at+jwt", claims | bound, "RS256")
    kept = provider.grants.keep(token, grant, "access", until=claims["exp"], **known)
    return kept, int((claims["exp"] - now).total_seconds())


def refresh_token(provider: Provider, grant: dict[str, Any], jkt: str = "") -> str:
    """Return a refresh token. It ends with the grant, however often it is used; it may be bound to a key."""
    known = {"scope": grant["scope"], "jkt": jkt}
    return provider.grants.keep(secrets.token_urlsafe(32), grant, "refresh", until=grant["until"], **known)
