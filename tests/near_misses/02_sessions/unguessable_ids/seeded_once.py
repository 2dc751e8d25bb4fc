"""Caught by: test_nobody_draws_the_same_ids. Nobody knows the seed; processes that are forked all have the same one."""

import random
from hashlib import sha256

DICE = random.Random()


def new_id(user):
    return f"{DICE.getrandbits(256):064x}"


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
