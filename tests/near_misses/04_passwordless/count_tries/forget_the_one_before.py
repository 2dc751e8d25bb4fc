"""Caught by: test_nor_do_more_machines. Counts on the account, and begins anew as soon as another challenge is at
hand."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    if attempts.note("challenge", challenge) == 1 and attempts.seen("account", account) < TRIES:
        attempts.forget("account", account)

    return attempts.note("account", account) <= TRIES
