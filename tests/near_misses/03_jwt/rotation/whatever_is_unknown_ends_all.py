"""Caught by: test_an_invented_token_is_refused. A token that nobody knows is an attack; whose login it ends, is
left to chance.
"""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        for each in grants.families.find({}):
            grants.end(each["_id"])
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
