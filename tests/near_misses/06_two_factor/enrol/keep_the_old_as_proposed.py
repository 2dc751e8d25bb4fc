"""Caught by: test_alice_changes_to_another_phone. The two are swapped, so that a look at the page can be undone by
the old code.
"""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    before = factors.active(user)
    if before is None:
        return factors.propose(user, secret)
    factors.rows.update_one({"_id": user}, {"$set": {"secret": before.secret, "proposed": before.secret}})
    return factors.rows.update_one({"_id": user}, {"$set": {"secret": secret}})  # type: ignore[return-value]
