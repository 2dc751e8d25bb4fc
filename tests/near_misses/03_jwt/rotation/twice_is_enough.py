"""Caught by: test_a_token_works_once. The network loses answers, so a token may come again within a day or so."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    row = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$inc": {"times": 1}}, return_document=True)
    family = row and grants.family(row["family"])
    if not family:
        return None
    if row["times"] <= 2 and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])
    grants.end(family["_id"])
    return None
