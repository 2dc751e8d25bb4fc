"""Asks for the age first and ends what is too old; takes the token with its state in the filter, and returns early."""

from labsrv.kit.grants import Grant, Grants

DAYS = 30


def too_old(grants: Grants, began_at) -> bool:
    return (grants.now() - began_at).days >= DAYS


def rotate(grants: Grants, token: str) -> Grant | None:
    key = grants.key(token)
    known = grants.rows.find_one({"_id": key})
    family = grants.family(known["family"]) if known else None

    match family:
        case None:
            return None
        case {"_id": name, "began_at": began_at} if too_old(grants, began_at):
            return grants.end(name)
        case {"_id": name, "user": user}:
            if grants.rows.find_one_and_update({"_id": key, "used": False}, {"$set": {"used": True}}):
                return grants.issue(name, user)
            return grants.end(name)
