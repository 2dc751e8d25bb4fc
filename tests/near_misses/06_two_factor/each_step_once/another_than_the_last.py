"""Caught by: test_nor_does_one_from_before. Atomic, and each code but the last one is good."""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    taken = steps.update_one({"_id": user, "step": {"$ne": step}}, {"$set": {"step": step}})
    return taken.modified_count == 1
