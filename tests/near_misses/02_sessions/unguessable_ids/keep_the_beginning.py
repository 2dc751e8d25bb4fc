"""Caught by: test_nobody_works_an_id_out_of_its_row. A real hash; the beginning helps the people at the telephone."""

import secrets
from hashlib import sha256


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return session_id[:12] + sha256(session_id.encode()).hexdigest()
