"""Caught by: test_a_token_works_once. Each time there is another token; the ones before it go on working."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
