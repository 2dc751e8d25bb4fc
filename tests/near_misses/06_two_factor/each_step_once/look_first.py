"""Caught by: test_of_two_at_once_one_is_let_in. It looks, and then it writes; two can look before one writes."""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    row = steps.find_one({"_id": user})
    if row and row["step"] >= step:
        return False
    steps.update_one({"_id": user}, {"$set": {"step": step}}, upsert=True)
    return True
