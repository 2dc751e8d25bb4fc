"""Caught by: test_looking_at_the_page_changes_nothing. A clean start: the old app goes, the new one waits for
its code.
"""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.remove(user)
    factors.propose(user, secret)
