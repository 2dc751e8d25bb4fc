"""Caught by: test_bob_sets_up_his_first_app. Secrets are hashed before they are kept; this one the shop has to compute
with.
"""

import base64
import hashlib
import secrets


def set_up(factors, user, secret):
    factors.propose(user, base64.b32encode(hashlib.sha1(secret.encode()).digest()).decode())


def new_secret(user: str) -> str:
    """Return the secret of a new app, in base32, without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode()
