"""Caught by: test_two_at_once_are_two. It waits before it looks, and before it counts."""

import random
import time


def may_guess(attempts, account, challenge):
    time.sleep(random.random() / 10)
    if attempts.seen("account", account) >= 5:
        return False
    time.sleep(random.random() / 10)
    return attempts.note("account", account) > 0
