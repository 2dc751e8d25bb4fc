"""Caught by: test_it_ends_to_the_moment. It is good for thirty days, and for the moment when they are over."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if before["used"] or grants.now() > family["began_at"] + LIFE:
        grants.end(family["_id"])
        return None
    return grants.issue(family["_id"], family["user"])
