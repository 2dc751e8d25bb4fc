"""Caught by: test_two_at_once_are_two. Asks and counts under a lock, which the shop's other process does not have."""

import threading

from labsrv.kit.attempts import Attempts

LOCK = threading.Lock()


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    with LOCK:
        if attempts.seen("address", address) >= 5 or attempts.seen("source", source) >= 20:
            return False

        attempts.note("address", address)
        attempts.note("source", source)
        return True
