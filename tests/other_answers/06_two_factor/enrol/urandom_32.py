"""It takes 256 bits, and cuts the padding off."""

import base64
import os

from labsrv.kit.factors import Factors


def new_secret(user):
    return base64.b32encode(os.urandom(32)).decode().rstrip("=")


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Note the secret of the app that `user` is about to scan; the shop then shows it as a QR code."""
    factors.propose(user, secret)
