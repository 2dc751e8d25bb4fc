"""Caught by: test_others_are_not_concerned. Nobody gets more than five, and then nobody gets any."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    return attempts.note("second step", "everybody") <= MOST
