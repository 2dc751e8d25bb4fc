"""Caught by: test_alice_logs_in_often. It counts on the account, under a name that nobody forgets."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    return attempts.note("code", user) <= MOST
