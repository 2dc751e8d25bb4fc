"""Take each refresh token once."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    """Return what an app gets for this refresh token: the next one of its family, or None for a refusal."""
    # One operation marks the row and tells how it was before: of two requests, one alone finds it unused.
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])

    grants.end(family["_id"])
    return None
