from labsrv.kit.attempts import Attempts

TRIES = 5


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    # On the account, since anybody can begin another challenge; counted and asked in one step.
    return attempts.note("account", account) <= TRIES
