"""Caught by: test_a_secret_is_drawn. Only the shop knows the salt, until somebody reads it."""

import base64
import hashlib
import secrets

from labsrv.kit.factors import Factors

SALT = secrets.token_bytes(16)


def new_secret(user: str) -> str:
    return base64.b32encode(hashlib.sha1(SALT + user.encode()).digest()).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
