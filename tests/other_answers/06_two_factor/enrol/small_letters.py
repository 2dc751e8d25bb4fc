"""It writes base32 in small letters."""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user):
    return base64.b32encode(secrets.token_bytes(20)).decode().lower()


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Note the secret of the app that `user` is about to scan; the shop then shows it as a QR code."""
    factors.propose(user, secret)
