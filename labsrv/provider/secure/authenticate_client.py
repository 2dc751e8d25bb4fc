"""Find out which client is calling the token endpoint."""

import base64
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def authenticate_client(
    clients: Collection, authorization: str | None, form: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return the client that this is, or None (RFC 6749, 2.3.1 and 3.2.1; ASVS 10.4.10).

    It shows itself in the one way that it is registered for. Two ways at once are refused: whoever reads one of them
    would see another client than whoever reads the other.
    """
    scheme, _, encoded = (authorization or "").partition(" ")
    name, secret, way = form.get("client_id", ""), form.get("client_secret"), "client_secret_post"
    if authorization:
        try:
            said, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return None
        # RFC 6749, 2.3.1: both parts were form-encoded, so that a colon in one of them is no end of it.
        said, secret, way = unquote_plus(said), unquote_plus(secret), "client_secret_basic"
        if scheme.lower() != "basic" or "client_secret" in form or name not in ("", said):
            return None
        name = said

    client = clients.find_one({"_id": name})
    if client is None or client["token_endpoint_auth_method"] != (way if secret is not None else "none"):
        return None
    if secret is None or hmac.compare_digest(client["secret_fingerprint"], fingerprint(secret)):
        return dict(client)

    return None
