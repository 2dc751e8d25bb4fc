"""Caught by: test_at_the_same_moment_too. One request at a time looks and marks; the shop has a second process."""

import threading
from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)
ONE = threading.Lock()


def rotate(grants: Grants, token: str) -> Grant | None:
    with ONE:
        before = grants.rows.find_one({"_id": grants.key(token)})
        grants.rows.update_one({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
