"""Caught by: test_alice_changes_to_another_phone. Who has an app keeps it, for ever."""

import base64
import secrets


def set_up(factors, user, secret):
    if factors.active(user) is None:
        factors.propose(user, secret)


def new_secret(user: str) -> str:
    """Return the secret of a new app, in base32, without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode()
