"""Caught by: test_an_id_has_128_bits. Nobody has ever seen two alike; 122 of its bits are random."""

import uuid
from hashlib import sha256


def new_id(user):
    return str(uuid.uuid4())


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
