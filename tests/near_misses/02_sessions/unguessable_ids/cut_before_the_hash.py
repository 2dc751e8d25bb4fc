"""Caught by: test_nobody_works_an_id_out_of_its_row. A real hash, of the first part of the id only."""

import secrets
from hashlib import sha256


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return sha256(session_id[:16].encode()).hexdigest()
