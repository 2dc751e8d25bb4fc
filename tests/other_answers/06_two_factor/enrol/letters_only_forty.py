"""It does without digits, and takes more letters."""

import secrets
import string

from labsrv.kit.factors import Factors


def new_secret(user):
    return "".join(secrets.choice(string.ascii_uppercase) for _ in range(40))


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Note the secret of the app that `user` is about to scan; the shop then shows it as a QR code."""
    factors.propose(user, secret)
