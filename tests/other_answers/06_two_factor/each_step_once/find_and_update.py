"""It changes the row and asks whether there was one."""


def use_step(steps, user, step):
    return steps.find_one_and_update({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}}) is not None
