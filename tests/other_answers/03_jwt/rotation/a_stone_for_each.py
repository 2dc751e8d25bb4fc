"""Replaces the row of a token that is used, and ends the family only where a replaced one comes again."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30).total_seconds()


def rotate(grants: Grants, token: str) -> Grant | None:
    name = grants.key(token)
    row = grants.rows.find_one_and_replace({"_id": name, "used": False}, {"family": "", "used": True, "of": name})
    if row is None:
        return end_it(grants, name)
    grants.rows.update_one({"_id": name}, {"$set": {"family": row["family"]}})
    family = grants.family(row["family"])
    if family and (grants.now() - family["began_at"]).total_seconds() < LIFE:
        return grants.issue(row["family"], family["user"])
    return None


def end_it(grants: Grants, name: str) -> None:
    stone = grants.rows.find_one({"_id": name})
    if stone and stone["family"]:
        grants.end(stone["family"])
