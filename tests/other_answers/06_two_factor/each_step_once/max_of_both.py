"""It has the store keep the larger of two steps."""


def use_step(steps, user, step):
    return steps.update_one({"_id": user}, {"$max": {"step": step}}).modified_count == 1
