"""Caught by: test_another_code_brings_no_new_tries. Counts in one step, at the thing that Mallory can have as many
of as she likes."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    return attempts.note("challenge", challenge) <= TRIES
