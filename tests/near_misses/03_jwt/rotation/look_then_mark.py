"""Caught by: test_at_the_same_moment_too. It looks whether the token was used, and marks it a moment later."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one({"_id": grants.key(token)})
    family = before and grants.family(before["family"])
    if not family:
        return None
    grants.rows.update_one({"_id": before["_id"]}, {"$set": {"used": True}})
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
