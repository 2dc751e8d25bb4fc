"""Caught by: test_an_id_has_128_bits. The right generator, and half of what it should give."""

import secrets
from hashlib import sha256


def new_id(user):
    return secrets.token_urlsafe(8)


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
