"""The introspection endpoint: an API asks what a token is worth now (RFC 7662)."""

from flask import Flask, Response, jsonify

from labsrv.provider.back.callers import caller, read_form, says_no_in_json
from labsrv.provider.errors import OAuthError
from labsrv.provider.provider import Provider


def answer_introspection(app: Flask, provider: Provider) -> None:
    """Answer to a client that has a secret: whoever found a token learns nothing about it here (2.1)."""

    @app.post("/introspect")
    @says_no_in_json
    def introspect() -> Response:
        form = read_form()
        client = caller(provider, form)
        if client["token_endpoint_auth_method"] == "none":
            raise OAuthError("invalid_client", "This is for clients that have a secret.", 401)
        if "token" not in form:
            raise OAuthError("invalid_request", "Send the token.")

        guards = [name for name, row in provider.resources().items() if row["guard"] == client["client_id"]]
        token, grant = provider.grants.token(form["token"])
        known = provider.decide.introspection_of(client, guards, token, grant, provider.now())
        if known["active"]:
            jkt = token["jkt"] if token else ""
            known |= {"iss": provider.issuer, "token_type": "DPoP" if jkt else "Bearer"}
            known |= {"cnf": {"jkt": jkt}} if jkt else {}
        return jsonify(known)
