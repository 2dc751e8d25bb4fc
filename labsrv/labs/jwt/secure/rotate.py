"""Take a refresh token once, and notice when it comes twice."""

from datetime import timedelta

from labsrv.kit.grants import Grant, Grants

LIFE = timedelta(days=30)


def rotate(grants: Grants, token: str) -> Grant | None:
    """Return the next token of the family, or None (RFC 9700, 4.14.2; ASVS 10.4.5, 10.4.8).

    One operation marks the token as used and tells whether it was before: no two requests find it unused.
    """
    before = grants.rows.find_one_and_update({"_id": grants.key(token)}, {"$set": {"used": True}})
    family = before and grants.family(before["family"])
    if not family:
        return None
    if not before["used"] and grants.now() - family["began_at"] < LIFE:
        return grants.issue(family["_id"], family["user"])

    # Used twice: one of the two is a thief, and nobody can tell which. Or its time is over.
    grants.end(family["_id"])
    return None
