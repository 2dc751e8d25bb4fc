"""Write down what a login begins with, so that its end can be compared with it."""

import secrets
from datetime import datetime, timedelta
from typing import Any

LIFE = timedelta(minutes=10)


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
