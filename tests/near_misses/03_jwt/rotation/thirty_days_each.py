"""Caught by: test_after_thirty_days_it_ends. Each token has thirty days; with each the thirty days begin again."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        grants.families.update_one({"_id": family["_id"]}, {"$set": {"began_at": grants.now()}})
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
