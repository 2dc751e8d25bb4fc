"""Caught by: test_five_tries_for_an_account. The account is counted, and a new login is taken for a good one."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    if attempts.note("login", visit_id) == 1:
        attempts.forget("second step", user)
    return attempts.note("second step", user) <= MOST
