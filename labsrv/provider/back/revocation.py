"""The revocation endpoint: a client is done with a token (RFC 7009)."""

from flask import Flask, Response

from labsrv.provider.back.callers import caller, read_form, says_no_in_json
from labsrv.provider.errors import OAuthError
from labsrv.provider.provider import Provider


def answer_revocation(app: Flask, provider: Provider) -> None:
    """End a client's own token; a refresh token takes all that came of the same login along (2.1)."""

    @app.post("/revoke")
    @says_no_in_json
    def revoke() -> Response:
        form = read_form()
        client = caller(provider, form)
        if "token" not in form:
            raise OAuthError("invalid_request", "Send the token.")

        # The hint about its kind is ignored, as it may be: we look among all of them.
        token, grant = provider.grants.token(form["token"])
        if token and token["client_id"] == client["client_id"]:
            provider.grants.forget(token)
            if grant and token["kind"] == "refresh":
                provider.grants.end(grant["_id"])
        # Somebody else's token, one that never was, one that has ended: all is as the client wants it (2.2).
        return Response(status=200)
