"""Caught by: test_an_id_has_128_bits. It looks like any UUID, and is a clock and a network card."""

import uuid
from hashlib import sha256


def new_id(user):
    return str(uuid.uuid1())


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
