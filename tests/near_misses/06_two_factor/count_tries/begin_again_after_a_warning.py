"""Caught by: test_five_tries_for_an_account. Whoever is over the limit is turned away once, and begins anew."""


def may_try(attempts, user, visit_id):
    if attempts.note("second step", user) > 5:
        attempts.forget("second step", user)
        return False
    return True


MOST = 5
