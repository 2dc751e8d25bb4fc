"""Take each code once."""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    """Tell whether this step may be used now, and note that it was.

    A user's row in `steps` is {"_id": user, "step": the last one that was used}; everybody with an app has one.
    """
    # One operation both compares and sets: of two who come at once, one finds a row that is still older.
    taken = steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}})
    return taken.modified_count == 1
