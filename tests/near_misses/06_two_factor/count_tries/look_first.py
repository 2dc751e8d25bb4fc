"""Caught by: test_two_at_once_are_two. It asks first and counts afterwards."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    if attempts.seen("second step", user) >= MOST:
        return False
    attempts.note("second step", user)
    return True
