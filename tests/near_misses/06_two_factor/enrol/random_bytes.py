"""Caught by: test_a_restart_draws_others. It looks drawn; whoever knows the seed draws the same."""

import base64
import random

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(random.randbytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
