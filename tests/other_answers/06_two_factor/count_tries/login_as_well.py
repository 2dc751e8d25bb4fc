"""It counts the login beside the account, for the records."""


def may_try(attempts, user, visit_id):
    account = attempts.note("second step", user)
    if visit_id != "api":
        attempts.note("login", visit_id)
    return account < 6


MOST = 5
