"""Caught by: test_used_twice_it_ends_for_both. A token that is gone can't come twice; nor can anybody see that it
did.
"""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    row = grants.rows.find_one_and_delete({"_id": grants.key(token)})
    family = row and grants.family(row["family"])
    if family and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    return None
