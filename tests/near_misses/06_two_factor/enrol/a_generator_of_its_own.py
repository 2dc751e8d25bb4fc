"""Caught by: test_a_restart_draws_others. Its start comes from the system, once; then 20 bytes foretell the next."""

import base64
import random

from labsrv.kit.factors import Factors

GENERATOR = random.Random()


def new_secret(user: str) -> str:
    return base64.b32encode(GENERATOR.randbytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
