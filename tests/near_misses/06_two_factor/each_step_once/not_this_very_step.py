"""Caught by: test_a_late_one_takes_nothing_back. It looks, and writes what is not there yet: also over a newer one."""


def use_step(steps, user, step):
    row = steps.find_one({"_id": user})
    if row["step"] >= step:
        return False
    return steps.update_one({"_id": user, "step": {"$ne": step}}, {"$set": {"step": step}}).modified_count == 1
