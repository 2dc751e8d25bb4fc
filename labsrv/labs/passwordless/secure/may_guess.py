"""Count guesses at codes where they cannot be begun anew."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    """Count on the account, first and in one step with the question (ASVS 6.6.3)."""
    return attempts.note("account", account) <= TRIES
