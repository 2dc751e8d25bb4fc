"""Caught by: test_two_at_once_are_two. The address is counted in one step, the source in two."""


def may_send(attempts, address, source):
    if attempts.seen("source", source) >= 20:
        return False
    attempts.note("source", source)
    return attempts.note("address", address) <= 5
