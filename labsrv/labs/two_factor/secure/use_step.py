"""Use a time step up."""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    """Compare and set in one operation: a step counts once, and none before it counts later (ASVS 6.5.1)."""
    taken = steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}})
    return taken.modified_count == 1
