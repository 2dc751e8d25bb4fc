"""Caught by: test_an_id_has_128_bits. The generator gave enough; half of it was thrown away before it was hashed."""

import uuid
from hashlib import sha256


def new_id(user):
    return sha256(f"{user}{uuid.uuid4().hex[:16]}".encode()).hexdigest()


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
