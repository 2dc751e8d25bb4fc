"""Caught by: test_five_tries_for_an_account. Counted by login and account, which begins anew with each login."""

from labsrv.kit.attempts import Attempts

MOST = 5


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    return attempts.note("second step", f"{user} {visit_id}") <= MOST
