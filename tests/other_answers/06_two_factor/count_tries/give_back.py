"""It gives back what was counted beyond the limit."""


def may_try(attempts, user, visit_id):
    if attempts.note("second step", user) in range(1, 6):
        return True
    attempts.take_back("second step", user)
    return False


MOST = 5
