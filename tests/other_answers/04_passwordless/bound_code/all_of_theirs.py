"""Whoever is in needs no other challenge: those of the same user go as well."""


def check_code(codes, challenge, sealed, now):
    row = codes.find_one_and_update(
        {"_id": challenge, "code": sealed, "used": {"$exists": False}}, {"$set": {"used": now}}
    )
    if row is None or row["expires_at"] <= now:
        return None
    codes.delete_many({"user": row["user"]})
    return row["user"]
