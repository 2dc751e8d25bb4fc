"""Caught by: test_alice_may_mistype. Stricter than it has to be: Alice mistypes four times, and is out."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    return attempts.note("account", account) <= 3
