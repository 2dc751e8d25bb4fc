"""Ask a provider for a login, and for no more than that."""

from typing import Any

SCOPE = "openid profile email"


def authorization_request(provider: dict[str, Any], transaction: dict[str, Any], challenge: str) -> dict[str, str]:
    """Return the parameters to send somebody to a provider with (OpenID Connect Core, 3.1.2.1; ASVS 10.2.3)."""
    asked = {
        "response_type": "code",
        "client_id": provider["client_id"],
        "redirect_uri": provider["redirect_uri"],
        "scope": SCOPE,
        "state": transaction["_id"],
        "nonce": transaction["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if transaction["max_age"] is not None:
        asked["max_age"] = str(transaction["max_age"])
    if transaction["acr_values"]:
        asked["acr_values"] = transaction["acr_values"]
    return asked
