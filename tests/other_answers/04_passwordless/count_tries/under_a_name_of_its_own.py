"""It counts under a kind of its own, and gives back what was beyond the limit."""

TRIES = 5


def may_guess(attempts, account, challenge):
    allowed = attempts.note("guess at a code", account) in range(1, TRIES + 1)
    if not allowed:
        attempts.take_back("guess at a code", account)
    return allowed
