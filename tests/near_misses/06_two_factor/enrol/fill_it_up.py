"""Caught by: test_a_secret_has_160_bits. More bits than are asked for, and four `=` that some apps do not take."""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(32)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
