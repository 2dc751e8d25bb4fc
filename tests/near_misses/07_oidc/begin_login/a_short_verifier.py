"""Caught by: test_a_provider_takes_the_verifier. 128 bits are enough, and 32 digits are too few."""

import secrets
from datetime import datetime, timedelta
from typing import Any


def new_transaction(browser: str, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    return asked | {
        "_id": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_hex(16),
        "browser": browser,
        "until": now + timedelta(minutes=10),
    }


def authorization_request(provider: dict[str, Any], transaction: dict[str, Any], challenge: str) -> dict[str, str]:
    asked = {
        "response_type": "code",
        "client_id": provider["client_id"],
        "redirect_uri": provider["redirect_uri"],
        "scope": "openid profile email",
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
