"""Caught by: test_used_twice_it_ends_for_both. Used tokens are swept away after a week, to keep the table small."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    now = grants.now()
    grants.rows.delete_many({"used_at": {"$lt": now - timedelta(days=7)}})
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True, "used_at": now}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and now - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
