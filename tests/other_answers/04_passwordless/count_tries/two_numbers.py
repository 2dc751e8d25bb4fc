"""It counts the challenge beside the account, and both must hold."""

from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    here, in_all = attempts.note("challenge", challenge), attempts.note("account", account)
    return max(here, in_all) <= TRIES
