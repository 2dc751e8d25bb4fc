"""It takes the row out, and puts a newer one in."""


def use_step(steps, user, step):
    if steps.find_one_and_delete({"_id": user, "step": {"$lt": step}}) is None:
        return False
    steps.insert_one({"_id": user, "step": step})
    return True
