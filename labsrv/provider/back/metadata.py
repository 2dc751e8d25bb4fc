"""Say what the provider can do, and publish its keys (OpenID Connect Discovery 1.0, 3; RFC 8414; RFC 7517)."""

from typing import Any

from flask import Flask, Response, jsonify

from labsrv.provider.back.dpop import ALGORITHMS as DPOP_ALGORITHMS
from labsrv.provider.provider import PROMPTS, RESPONSE_MODES, Provider
from labsrv.provider.rows.clients import AUTH_METHODS, GRANT_TYPES, RESPONSE_TYPES
from labsrv.provider.rows.logins import ACR_VALUES
from labsrv.provider.rows.people import CLAIMS

ENDPOINTS = {
    "authorization_endpoint": "/authorize",
    "token_endpoint": "/token",
    "userinfo_endpoint": "/userinfo",
    "jwks_uri": "/.well-known/jwks.json",
    "revocation_endpoint": "/revoke",
    "introspection_endpoint": "/introspect",
    "end_session_endpoint": "/oidc/logout",
}
# What an ID token has besides those that scopes ask for.
OWN_CLAIMS = ("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid")


def publish_metadata(app: Flask, provider: Provider) -> None:
    """Publish metadata and keys, for everybody: script on other sites reads them as well."""

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        return published(provider.spoil("discovery", metadata_of(provider), provider))

    @app.get("/.well-known/oauth-authorization-server")
    def oauth_metadata() -> Response:
        return published(provider.spoil("discovery", metadata_of(provider), provider))

    @app.get("/.well-known/jwks.json")
    def jwks() -> Response:
        return published(provider.spoil("jwks", {"keys": provider.keys.published()}, provider))


def published(what: dict[str, Any]) -> Response:
    """Return JSON that may be read from anywhere, and kept for a minute: keys may be replaced."""
    response = jsonify(what)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def metadata_of(provider: Provider) -> dict[str, Any]:
    """Return the provider's metadata (OpenID Connect Discovery 1.0, 3)."""
    algorithms = list(provider.settings.algorithms)
    return {
        "issuer": provider.issuer,
        **{name: provider.issuer + path for name, path in ENDPOINTS.items()},
        "response_types_supported": list(RESPONSE_TYPES),
        "response_modes_supported": list(RESPONSE_MODES),
        "grant_types_supported": list(GRANT_TYPES),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": algorithms,
        "scopes_supported": provider.scopes(),
        "claims_supported": [*OWN_CLAIMS, *(name for names in CLAIMS.values() for name in names)],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "acr_values_supported": list(ACR_VALUES),
        "prompt_values_supported": list(PROMPTS),
        "token_endpoint_auth_methods_supported": list(AUTH_METHODS),
        "revocation_endpoint_auth_methods_supported": list(AUTH_METHODS),
        "introspection_endpoint_auth_methods_supported": [each for each in AUTH_METHODS if each != "none"],
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": list(DPOP_ALGORITHMS),
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }
