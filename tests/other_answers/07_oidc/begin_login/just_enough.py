"""Each has 128 random bits and no more, in base 32 or as a number; the verifier is made longer by what is no secret."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any


def new_transaction(browser: str, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    row = asked.copy()
    row["_id"] = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")
    row["nonce"] = str(secrets.randbits(136))
    row["verifier"] = f"{secrets.token_hex(16)}.{now:%Y%m%d%H%M}"
    row["browser"] = browser
    row["until"] = now + timedelta(minutes=10)
    return row


def authorization_request(provider: dict[str, Any], transaction: dict[str, Any], challenge: str) -> dict[str, str]:
    request = {
        "response_type": "code",
        "client_id": provider["client_id"],
        "redirect_uri": provider["redirect_uri"],
        "scope": "profile email openid",
        "state": transaction["_id"],
        "nonce": transaction["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if isinstance(transaction["max_age"], int):
        request["max_age"] = str(transaction["max_age"])
    if len(transaction["acr_values"]) > 0:
        request["acr_values"] = transaction["acr_values"]
    return request
