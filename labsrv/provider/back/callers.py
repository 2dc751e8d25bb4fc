"""Who calls, and in what form refusals go back to a program (RFC 6749, 3.2 and 5.2)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, jsonify, request

from labsrv.kit.html.forms import URLENCODED
from labsrv.provider.errors import OAuthError
from labsrv.provider.provider import Provider

Answer = Callable[[], Response]


def says_no_in_json(answer: Answer) -> Answer:
    """Return a route whose refusals are JSON (RFC 6749, 5.2)."""

    @wraps(answer)
    def safely() -> Response:
        try:
            return answer()
        except OAuthError as error:
            response = jsonify(error.parameters())
            response.status_code = error.status
            if error.status == 401:
                response.headers["WWW-Authenticate"] = 'Basic realm="clients"'
            return response

    return safely


def read_form() -> dict[str, str]:
    """Return the fields of a form by name; raises `OAuthError` (RFC 6749, 3.2)."""
    if request.mimetype != URLENCODED:
        raise OAuthError("invalid_request", f"Send a form: {URLENCODED}.")
    # Secrets in an address are in every log on the way (RFC 6749, 2.3.1).
    if request.args:
        raise OAuthError("invalid_request", "Send everything in the body, and nothing in the address.")
    for name, values in request.form.lists():
        if len(values) > 1:
            raise OAuthError("invalid_request", f"Send {name} once.")

    return {name: value for name, value in request.form.items() if value}


def caller(provider: Provider, form: dict[str, str]) -> dict[str, Any]:
    """Return the client that calls; raises `OAuthError` (RFC 6749, 5.2: `invalid_client`)."""
    client = provider.decide.authenticate_client(provider.clients.rows, request.headers.get("Authorization"), form)
    if client is not None:
        return client

    raise OAuthError("invalid_client", "Client authentication failed: name, secret, or the way they were sent.", 401)
