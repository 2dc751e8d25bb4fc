"""Caught by: test_two_at_once_are_two. Asks and counts under a lock, which the shop's other process does not have."""

import threading

from labsrv.kit.attempts import Attempts

LOCK = threading.Lock()


def may_guess(attempts: Attempts, account: str, challenge: str) -> bool:
    with LOCK:
        if attempts.seen("account", account) >= 5:
            return False

        attempts.note("account", account)
        return True
