"""Caught by: test_another_code_brings_no_new_tries. The account and its challenge in one name: another challenge is
another name."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    return attempts.note("account", f"{account} {challenge}") <= TRIES
