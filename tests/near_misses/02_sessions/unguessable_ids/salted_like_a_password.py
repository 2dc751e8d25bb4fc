"""Caught by: test_alice_and_bob_log_in. Passwords get a salt each; so no id ever finds its row again."""

import secrets
from hashlib import sha256


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    salt = secrets.token_hex(8)
    return salt + sha256((salt + session_id).encode()).hexdigest()
