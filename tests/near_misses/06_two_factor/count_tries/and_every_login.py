"""Caught by: test_all_doors_have_one_number. The login is counted as well; at the app's door all have one name."""


def may_try(attempts, user, visit_id):
    a = attempts.note("second step", user)
    return attempts.note("login", visit_id) <= 5 and a <= 5


MOST = 5
