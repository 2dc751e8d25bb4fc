"""Caught by: test_used_twice_it_ends_for_both. It keeps the token before the last one, and forgets all older ones."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        grants.rows.delete_many({"family": family["_id"], "used": True, "_id": {"$ne": before["_id"]}})
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
