"""Caught by: test_a_restart_forgets_nothing. A table in the process is quick, has a lock, and ends with the
process.
"""

import threading

from labsrv.kit.store import Collection

LOCK = threading.Lock()
USED: dict[str, int] = {}


def use_step(steps: Collection, user: str, step: int) -> bool:
    with LOCK:
        if USED.get(user, -1) >= step:
            return False
        USED[user] = step
    steps.update_one({"_id": user}, {"$set": {"step": step}})
    return True
