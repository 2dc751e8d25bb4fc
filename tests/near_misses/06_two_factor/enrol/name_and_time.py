"""Caught by: test_a_secret_is_drawn. No two moments are alike; most of the bytes come from the name all the same."""

import base64
import time

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(user.encode().ljust(12, b".")[:12] + time.time_ns().to_bytes(8, "big")).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
