"""Caught by: test_bob_sets_up_his_first_app. Who reloads the page keeps the secret: it is noted only where one
is in use.
"""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    if factors.active(user) and factors.proposed(user) is None:
        factors.propose(user, secret)
