"""Caught by: test_of_two_at_once_one_is_let_in. Looks and writes under a lock, which the shop's other process does not
have.
"""

import threading

from labsrv.kit.store import Collection

LOCK = threading.Lock()


def use_step(steps: Collection, user: str, step: int) -> bool:
    with LOCK:
        if steps.find_one({"_id": user})["step"] >= step:
            return False

        steps.update_one({"_id": user}, {"$set": {"step": step}})
        return True
