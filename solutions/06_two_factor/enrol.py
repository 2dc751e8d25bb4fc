"""Set up an app, and lock nobody out."""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    """Return the secret of a new app, in base32, without padding."""
    # Twenty bytes from the system's generator: nothing of the user goes in, so nothing of the user leads there.
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Note the secret of the app that `user` is about to scan; the shop then shows it as a QR code."""
    # It stands beside the one in use until a code shows that somebody scanned it.
    factors.propose(user, secret)
