"""It reads the row, and changes it if it is still what was read."""


def use_step(steps, user, step):
    row = steps.find_one({"_id": user})
    if row is None or row["step"] >= step:
        return False
    return steps.update_one({"_id": user, "step": row["step"]}, {"$set": {"step": step}}).modified_count > 0
