"""It keeps a mark for each step beside the row."""

from pymongo.errors import DuplicateKeyError


def use_step(steps, user, step):
    try:
        steps.insert_one({"_id": f"{user} used {step}"})
    except DuplicateKeyError:
        return False
    return bool(steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}}).matched_count)
