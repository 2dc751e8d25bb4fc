"""Caught by: test_after_thirty_days_it_ends. Whoever comes every day is there; how long that may go on, nobody said."""

from labsrv.kit.grants import Grant, Grants


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"]:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
