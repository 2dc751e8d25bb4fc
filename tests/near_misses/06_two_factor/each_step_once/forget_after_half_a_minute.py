"""Caught by: test_a_code_opens_once. A code is good for half a minute, so that is how long it is remembered."""

import time

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    now = int(time.time()) // 30
    taken = steps.update_one({"_id": user, "step": {"$lt": now}}, {"$set": {"step": now}})
    return taken.modified_count == 1
