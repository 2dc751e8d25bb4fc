"""Caught by: test_a_secret_has_160_bits. RFC 4226 asks for 128 bits at least; it recommends more."""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=")


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.propose(user, secret)
