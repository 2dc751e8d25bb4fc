"""Caught by: test_a_secret_is_drawn. Twenty bytes, all of them drawn: ten, and the same ten once more."""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user):
    return base64.b32encode(secrets.token_bytes(10) * 2).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Note the secret of the app that `user` is about to scan; the shop then shows it as a QR code."""
    factors.propose(user, secret)
