"""The token endpoint (RFC 6749, 3.2; OpenID Connect Core, 3.1.3).

POST /token   authorization_code   code, redirect_uri, code_verifier   ─▶ access, ID and perhaps a refresh token
              refresh_token        refresh_token, scope                ─▶ the same anew
              client_credentials   scope, resource                     ─▶ an access token for nobody's data but its own
"""

from typing import Any

import jwt
from flask import Flask, Response, jsonify, request

from labsrv.provider.back.callers import caller, read_form, says_no_in_json
from labsrv.provider.back.dpop import verify_proof
from labsrv.provider.errors import OAuthError
from labsrv.provider.minting import access_token, id_token, refresh_token
from labsrv.provider.provider import Provider

Row = dict[str, Any]
NO_GOOD = "The code or the token is unknown, used, too old, or somebody else's."


def hand_out_tokens(app: Flask, provider: Provider) -> None:
    """Give tokens for a grant."""

    @app.post("/token")
    @says_no_in_json
    def token() -> Response:
        form = read_form()
        client = caller(provider, form)
        wanted = form.get("grant_type", "")
        # There is no `password`: an application never sees one (RFC 9700, 2.4).
        if wanted not in GRANTS:
            raise OAuthError("unsupported_grant_type", f"The grant_type is one of {', '.join(GRANTS)}.")
        if wanted not in client["grant_types"]:
            raise OAuthError("unauthorized_client", "The client is not registered for this grant_type.")

        # Looked at first: a bad proof uses no code up.
        answer = GRANTS[wanted](provider, client, form, key_shown(provider))
        # RFC 6749, 5.1, wants no-store; every answer of the provider has it.
        return jsonify(provider.spoil("token_response", answer, provider))


def by_code(provider: Provider, client: Row, form: dict[str, str], jkt: str) -> Row:
    """Return the tokens that a code stands for (OpenID Connect Core, 3.1.3.2, 3.1.3.3); raises `OAuthError`."""
    rows = provider.grants
    code = provider.decide.redeem_code(rows.codes, client, form, provider.now(), rows.end)
    grant = rows.get(code["grant"]) if code else None
    if code is None or grant is None:
        raise OAuthError("invalid_grant", NO_GOOD)
    # The code is used up by now: nobody tries one verifier after another.
    if not provider.decide.fits_challenge(code["challenge"], form.get("code_verifier")):
        rows.end(grant["_id"])
        raise OAuthError("invalid_grant", NO_GOOD)

    # What the grant was not for, its code does not buy either; so the tokens are for the same scope.
    answer = tokens_for(provider, grant, grant["scope"], form, jkt)
    answer["id_token"] = id_token(provider, grant, code["nonce"], answer["access_token"])
    return answer


def by_refresh_token(provider: Provider, client: Row, form: dict[str, str], jkt: str) -> Row:
    """Return new tokens for a refresh token (RFC 6749, 6; OpenID Connect Core, 12.2); raises `OAuthError`."""
    rows = provider.grants
    presented, grant = rows.token(form.get("refresh_token", ""))
    scope = provider.decide.narrowed_scope(grant["scope"], form.get("scope")) if grant else None
    # RFC 9449, 5: what a client without a secret was given is bound to its key.
    public = client["token_endpoint_auth_method"] == "none"
    if presented and presented["jkt"] and public and presented["jkt"] != jkt:
        raise OAuthError("invalid_grant", NO_GOOD)
    # Asked for before the token is used up: whoever asks for too much may ask again.
    if presented and grant and scope is None:
        raise OAuthError("invalid_scope", "Ask for the scope that was granted, or for a part of it.")

    row = provider.decide.rotate_refresh_token(
        rows.tokens, client, form.get("refresh_token", ""), provider.now(), rows.end
    )
    grant = rows.get(row["grant"]) if row else None
    if grant is None or scope is None:
        raise OAuthError("invalid_grant", NO_GOOD)

    answer = tokens_for(provider, grant, scope, form, jkt)
    if "openid" in scope.split(" "):
        # Core, 12.2: `auth_time` is still that of the login, and there is no nonce: nobody sent one.
        answer["id_token"] = id_token(provider, grant, None, answer["access_token"])
    return answer


def by_client_credentials(provider: Provider, client: Row, form: dict[str, str], jkt: str) -> Row:
    """Return an access token for a client itself (RFC 6749, 4.4): there is no user in it."""
    asked, audience = form.get("scope", "").split(), audience_asked(provider, form, provider.resources())
    if not audience:
        raise OAuthError("invalid_target", "Say which API the token is for: resource.")

    grant = provider.grants.begin(
        sub="",
        client_id=client["client_id"],
        scope=" ".join(each for each in asked if each in client["scope"].split(" ")),
        resource=audience,
        sid="",
        until=provider.now() + provider.settings.access_token_life,
    )
    return tokens_for(provider, grant, grant["scope"], {}, jkt)


def tokens_for(provider: Provider, grant: Row, scope: str, form: dict[str, str], jkt: str) -> Row:
    """Return an access token and, where the user agreed to that, a refresh token (RFC 6749, 5.1)."""
    known = (grant["resource"],) if grant["resource"] else ()
    audience = audience_asked(provider, form, known) or grant["resource"]
    token, life = access_token(provider, grant, audience, scope, jkt)
    kind = "DPoP" if jkt else "Bearer"
    answer = {"access_token": token, "token_type": kind, "expires_in": life, "scope": scope}
    if "offline_access" in grant["scope"].split(" "):
        answer["refresh_token"] = refresh_token(provider, grant, jkt)
    return answer


def key_shown(provider: Provider) -> str:
    """Return the thumbprint of the key that the client shows, or ""; raises `OAuthError` (RFC 9449, 5)."""
    proof = request.headers.get("DPoP")
    if proof is None:
        return ""
    try:
        return verify_proof(proof, "POST", f"{provider.issuer}/token", provider.now(), provider.rows("proofs"))
    except (jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
        raise OAuthError("invalid_dpop_proof", "The DPoP proof is not in order.") from error


def audience_asked(provider: Provider, form: dict[str, str], known: Any) -> str:
    """Return the API that a form names, or "" (RFC 8707, 2.2); raises `OAuthError`."""
    audience = provider.decide.audience_of(known, [form[name] for name in ("resource", "audience") if name in form])
    if audience is not None:
        return audience

    raise OAuthError("invalid_target", "The token can't be for that API.")


GRANTS = {
    "authorization_code": by_code,
    "refresh_token": by_refresh_token,
    "client_credentials": by_client_credentials,
}
