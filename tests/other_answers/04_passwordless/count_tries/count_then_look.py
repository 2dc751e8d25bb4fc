"""It counts, then looks: of two at once both may be refused."""


def may_guess(attempts, account, challenge):
    attempts.note("account", account)
    return not attempts.seen("account", account) > TRIES


TRIES = 5
