"""Caught by: test_two_at_once_are_two. Asks and counts under a lock, which the shop's other process does not have."""

import threading

from labsrv.kit.attempts import Attempts

MOST = 5
LOCK = threading.Lock()


def may_try(attempts: Attempts, user: str, visit_id: str) -> bool:
    with LOCK:
        if attempts.seen("second step", user) >= MOST:
            return False

        attempts.note("second step", user)
        return True
