"""Caught by: test_of_two_at_once_one_is_let_in. It writes only forward, and says yes without asking whether it
wrote.
"""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    row = steps.find_one({"_id": user})
    if row["step"] >= step:
        return False
    steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}})
    return True
