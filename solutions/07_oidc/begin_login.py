"""Write down what a login begins with, and ask a provider for no more than that."""

import secrets
from datetime import datetime, timedelta
from typing import Any

LIFE = timedelta(minutes=10)
SCOPE = "openid profile email"


def new_transaction(browser: str, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return a login's row: three secrets of its own, its browser, and its end (RFC 9700, 4.7.1; ASVS 10.2.1).

    `_id` is the state. Each is drawn for itself: the provider reads state and nonce, and the verifier only afterwards.
    """
    return asked | {
        "_id": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        # RFC 7636, 4.1: 43 to 128 characters.
        "verifier": secrets.token_urlsafe(32),
        "browser": browser,
        "until": now + LIFE,
    }


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
    # Not `if transaction["max_age"]`: 0 means "ask again, whoever it is", and is no less asked for.
    if transaction["max_age"] is not None:
        asked["max_age"] = str(transaction["max_age"])
    if transaction["acr_values"]:
        asked["acr_values"] = transaction["acr_values"]
    return asked
