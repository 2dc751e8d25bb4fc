"""Caught by: test_nobody_draws_the_same_ids. One SHA-256 is like no other; what goes in is one of a few thousand."""

import itertools
from hashlib import sha256

NUMBERS = itertools.count(1001)


def new_id(user):
    return sha256(f"{user} {next(NUMBERS)}".encode()).hexdigest()


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
