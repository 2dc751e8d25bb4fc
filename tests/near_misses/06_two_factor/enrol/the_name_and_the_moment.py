"""Caught by: test_a_restart_draws_others. No two are alike, and whoever knows when Alice set
her app up can try the moments.
"""

import base64
import hashlib
import time

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(hashlib.sha1(f"{user} {time.time_ns()}".encode()).digest()).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
