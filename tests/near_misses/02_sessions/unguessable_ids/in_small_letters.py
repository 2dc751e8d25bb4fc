"""Caught by: test_a_row_is_not_found_by_chance. A real hash, and capital letters are as good as small ones."""

import secrets
from hashlib import sha256


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return sha256(session_id.lower().encode()).hexdigest()
