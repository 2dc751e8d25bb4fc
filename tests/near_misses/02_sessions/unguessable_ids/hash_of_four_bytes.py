"""Caught by: test_an_id_has_128_bits. A long id, all of it from a hash; what was hashed are 32 bits."""

import secrets
from hashlib import sha256


def new_id(user):
    return sha256(secrets.token_bytes(4)).hexdigest()


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
