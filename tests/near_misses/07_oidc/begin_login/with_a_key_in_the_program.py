"""Caught by: test_each_is_drawn_for_itself. The verifier need not be stored where it follows from the state; so it does
for whoever has the program.
"""

import base64
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

KEY = b"a-key-of-the-shops-not-a-real-one"


def new_transaction(browser: str, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    secret = secrets.token_urlsafe(32)
    mac = hmac.digest(KEY, secret.encode(), "sha256")
    return asked | {
        "_id": secret,
        "nonce": secrets.token_urlsafe(32),
        "verifier": base64.urlsafe_b64encode(mac).rstrip(b"=").decode(),
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
