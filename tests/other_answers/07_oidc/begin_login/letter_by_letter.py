"""Letters are drawn one by one of all that RFC 7636 allows, and each kind has a name in front."""

import random
import string
from datetime import datetime, timedelta
from typing import Any

ALPHABET = string.ascii_letters + string.digits + "-._~"
SYSTEM = random.SystemRandom()


def new_transaction(browser: str, asked: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        **asked,
        "_id": drawn("tea-shop-state-"),
        "nonce": drawn("tea-shop-nonce-"),
        "verifier": drawn("tea-shop-verifier-", 90),
        "browser": browser,
        "until": now + timedelta(hours=1) / 6,
    }


def drawn(kind: str, letters: int = 40) -> str:
    return kind + "".join(SYSTEM.choice(ALPHABET) for _ in range(letters))


def authorization_request(provider: dict[str, Any], transaction: dict[str, Any], challenge: str) -> dict[str, str]:
    names = {"state": "_id", "nonce": "nonce"}
    age, classes = transaction["max_age"], transaction["acr_values"]
    return (
        {"response_type": "code", "scope": "openid profile email"}
        | {name: provider[name] for name in ("client_id", "redirect_uri")}
        | {name: transaction[key] for name, key in names.items()}
        | {"code_challenge": challenge, "code_challenge_method": "S256"}
        | ({} if age is None else {"max_age": f"{age:d}"})
        | ({"acr_values": classes} if classes else {})
    )
