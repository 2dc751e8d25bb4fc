"""Caught by: test_nobody_draws_the_same_ids. Forty characters that look random; they come from a dice."""

import random
import string
from hashlib import sha256


def new_id(user):
    return "".join(random.choice(string.ascii_letters + string.digits) for _ in range(40))


def fingerprint(session_id):
    return sha256(session_id.encode()).hexdigest()
