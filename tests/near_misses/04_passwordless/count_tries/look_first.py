"""Caught by: test_two_at_once_are_two. Looks, and counts afterwards; two that come at once see the same number."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    if attempts.seen("account", account) >= TRIES:
        return False

    attempts.note("account", account)
    return True
