"""Caught by: test_twenty_and_no_more_from_one_source. A source over the limit is turned away once, and begins anew."""


def may_send(attempts, address, source):
    ok = attempts.note("address", address) <= 5
    if attempts.note("source", source) > 20:
        attempts.forget("source", source)
        return False
    return ok
