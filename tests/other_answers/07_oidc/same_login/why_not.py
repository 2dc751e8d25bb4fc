"""A list of what is wrong, the fit being that there is nothing; an empty or null hash is taken for none."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any


def same(one: object, other: str) -> bool:
    return isinstance(one, str) and hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def fits(claims: dict[str, Any], transaction: dict[str, Any], access_token: str, now: datetime) -> bool:
    wrong = []
    if not same(claims.get("nonce"), transaction["nonce"]):
        wrong.append("nonce")

    left = hashlib.sha256(access_token.encode("ascii")).digest()[:16]
    if claims.get("at_hash") and not same(claims["at_hash"], base64.urlsafe_b64encode(left).decode()[:22]):
        wrong.append("at_hash")

    if transaction["max_age"] is not None:
        try:
            age = int(now.timestamp()) - int(claims["auth_time"])
        except (KeyError, TypeError, ValueError):
            wrong.append("no auth_time")
        else:
            if age > transaction["max_age"]:
                wrong.append("auth_time")

    acceptable = transaction["acr_values"].split()
    if acceptable and not any(same(claims.get("acr"), each) for each in acceptable):
        wrong.append("acr")
    return not wrong
