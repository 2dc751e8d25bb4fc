"""Looks first, and takes the token by a conditional update, whose count tells whether it was in time."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants


def rotate(grants: Grants, token: str) -> Grant | None:
    name = grants.key(token)
    row = grants.rows.find_one({"_id": name})
    if row is None:
        return None
    family = grants.family(row["family"])
    if family is None:
        return None
    taken = grants.rows.update_one({"_id": name, "used": False}, {"$set": {"used": True}})
    if taken.modified_count == 0:
        grants.end(row["family"])
        return None
    if family["began_at"] + timedelta(days=30) <= grants.now():
        return None
    return grants.issue(family["_id"], family["user"])
