"""Caught by: test_an_id_tells_nothing_of_its_user. Her name is hashed; and each of her ids begins alike."""

import secrets
from hashlib import sha256


def new_id(user):
    return sha256(str(user).encode()).hexdigest()[:12] + secrets.token_urlsafe(32)


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
