"""Caught by: test_nobody_draws_the_same_ids. Nothing to read in a hash; whoever knows the time can make it as well."""

import time
from hashlib import sha256


def new_id(user):
    return sha256(f"{user} {time.time()}".encode()).hexdigest()


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
