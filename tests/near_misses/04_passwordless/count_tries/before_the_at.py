"""Caught by: test_others_are_not_concerned. Two addresses that begin alike are one account to it."""


def may_guess(attempts, account, challenge):
    return attempts.note("account", account.split("@")[0]) <= 5
