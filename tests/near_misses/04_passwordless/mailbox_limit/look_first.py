"""Caught by: test_two_at_once_are_two. Looks, and counts afterwards; two that come at once see the same number."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    if attempts.seen("address", address) >= PER_ADDRESS or attempts.seen("source", source) >= PER_SOURCE:
        return False

    attempts.note("address", address)
    attempts.note("source", source)
    return True
