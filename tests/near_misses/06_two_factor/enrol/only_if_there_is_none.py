"""Caught by: test_bob_looks_and_changes_his_mind. Who has an app keeps it; Bob has none, and now one that nobody
scanned.
"""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    if factors.active(user):
        factors.propose(user, secret)
    else:
        factors.activate(user, secret)
