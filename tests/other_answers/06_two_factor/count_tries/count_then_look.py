"""It counts, then looks: of two at once both may be refused."""


def may_try(attempts, user, visit_id):
    attempts.note("second step", user)
    return attempts.seen("second step", user) <= 5


MOST = 5
