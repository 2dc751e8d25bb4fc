"""Caught by: test_a_row_is_not_found_by_chance. A real hash, of the letters in the order of the alphabet."""

import secrets
from hashlib import sha256


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return sha256("".join(sorted(session_id)).encode()).hexdigest()
