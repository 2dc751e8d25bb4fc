"""Caught by: test_alice_may_mistype. Fewer tries are safer, and people mistype."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    return attempts.note("second step", user) <= 3
