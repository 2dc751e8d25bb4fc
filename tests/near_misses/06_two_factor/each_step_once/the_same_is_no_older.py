"""Caught by: test_a_code_opens_once. A step that is not older than the last one used: that step itself is not."""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    taken = steps.update_one({"_id": user, "step": {"$lte": step}}, {"$set": {"step": step}})
    return taken.matched_count == 1
