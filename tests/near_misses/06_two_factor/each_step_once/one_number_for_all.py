"""Caught by: test_two_people_at_the_same_time. Nobody uses a step twice: nobody at all."""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    row = steps.find_one({}, sort=[("step", -1)])
    if row and row["step"] >= step:
        return False
    return steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}}).modified_count == 1
