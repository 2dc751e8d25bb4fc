"""Caught by: test_another_code_brings_no_new_tries. Whoever is over the limit is turned away once, and begins anew."""


def may_guess(attempts, account, challenge):
    if attempts.note("account", account) > 5:
        attempts.forget("account", account)
        return False
    return True
