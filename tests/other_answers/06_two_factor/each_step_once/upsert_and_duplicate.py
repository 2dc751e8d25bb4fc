"""It lets the key of the row refuse what is not newer."""

from pymongo.errors import DuplicateKeyError


def use_step(steps, user, step):
    try:
        steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}}, upsert=True)
    except DuplicateKeyError:
        return False
    return True
