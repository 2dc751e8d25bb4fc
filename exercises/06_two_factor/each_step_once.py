"""Take each code once.

Alice types her code. Mallory, who has her password and stands behind her, types the same one: it is good for almost a
minute. In a shop that looks whether the step was used, and notes it afterwards, she types it in the same moment.

A step counts once for each user, and with it all steps before; and of two who come at once, one is let in.
(OWASP ASVS 5.0, 6.5.1; RFC 6238, 5.2; CWE-294, CWE-367)
"""

from labsrv.kit.store import Collection


def use_step(steps: Collection, user: str, step: int) -> bool:
    """Tell whether this step may be used now, and note that it was.

    A user's row in `steps` is {"_id": user, "step": the last one that was used}; everybody with an app has one. What
    one reads of it is a copy.
    The store in five operations: docs/store.md.
    """
    # TODO: Nobody is let in by a step that was used, nor by one from before it, not even in the same moment.
    steps.update_one({"_id": user}, {"$set": {"step": step}})
    return True
