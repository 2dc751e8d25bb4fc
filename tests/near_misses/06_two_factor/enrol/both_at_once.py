"""Caught by: test_looking_at_the_page_changes_nothing. It is proposed, and to be sure it counts as well."""

import base64
import secrets

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    factors.activate(user, secret)
    factors.propose(user, secret)
