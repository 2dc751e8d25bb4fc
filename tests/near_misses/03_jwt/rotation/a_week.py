"""Caught by: test_alice_comes_back_for_weeks. Shorter is safer, and Alice types her password every week."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=7)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
