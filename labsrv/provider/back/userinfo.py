"""The userinfo endpoint: claims about whoever logged in (OpenID Connect Core, 5.3; RFC 6750)."""

import jwt
from flask import Flask, Response, jsonify, request

from labsrv.provider.back.dpop import verify_proof
from labsrv.provider.minting import profile
from labsrv.provider.provider import Provider


def answer_userinfo(app: Flask, provider: Provider) -> None:
    """Answer to an access token, wherever in the request RFC 6750 has a place for it: header, or body of a POST."""

    @app.route("/userinfo", methods=["GET", "POST"])
    def userinfo() -> Response:
        found = tokens_in_request()
        if not found:
            # Who sent nothing is told what to send, and no more (RFC 6750, 3.1).
            return challenge(401, "")
        if len(found) > 1:
            return challenge(400, "invalid_request")

        token, grant = provider.grants.token(found[0])
        good = token and grant and token["kind"] == "access" and provider.now() < token["until"]
        # A token for an API is not for us, and one without a user is about nobody.
        if not token or not grant or not good or token["audience"] or not grant["sub"]:
            return challenge(401, "invalid_token")
        if not is_theirs(provider, found[0], token["jkt"]):
            return challenge(401, "invalid_token")
        if "openid" not in token["scope"].split(" "):
            return challenge(403, "insufficient_scope")

        known = grant | {"scope": token["scope"]}
        return jsonify(provider.spoil("userinfo", {"sub": grant["sub"]} | profile(provider, known), provider))


def is_theirs(provider: Provider, token: str, jkt: str) -> bool:
    """Return whether whoever sends a token has the key that it is bound to, if it is bound (RFC 9449, 7)."""
    proof, url = request.headers.get("DPoP", ""), f"{provider.issuer}/userinfo"
    with_proof = request.headers.get("Authorization", "").lower().startswith("dpop ")
    if not jkt or not with_proof:
        return not jkt and not with_proof
    try:
        return verify_proof(proof, request.method, url, provider.now(), provider.rows("proofs"), token) == jkt
    except (jwt.PyJWTError, ValueError, KeyError, TypeError):
        return False


def tokens_in_request() -> list[str]:
    """Return the access tokens of a request, in the ways of RFC 6750, 2.1 and 2.2. Not 2.3: no token in an address."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = [token] if scheme.lower() in ("bearer", "dpop") and token else []
    return found + request.form.getlist("access_token") if request.method == "POST" else found


def challenge(status: int, error: str) -> Response:
    """Return a refusal (RFC 6750, 3)."""
    response = Response(status=status)
    response.headers["WWW-Authenticate"] = f'Bearer error="{error}"' if error else "Bearer"
    return response
