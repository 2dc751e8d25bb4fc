"""Caught by: test_others_are_not_concerned. Five guesses for all accounts: whoever guesses shuts everybody out."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    return attempts.note("account", "all") <= TRIES
