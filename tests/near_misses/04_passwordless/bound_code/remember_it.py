"""Caught by: test_it_works_once. It remembers what was used, until the shop is restarted."""

USED = set()


def check_code(codes, challenge, sealed, now):
    row = codes.find_one({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    if row is None or challenge in USED:
        return None
    USED.add(challenge)
    return row["user"]
