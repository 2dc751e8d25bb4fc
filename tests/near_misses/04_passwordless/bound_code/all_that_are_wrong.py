"""Caught by: test_a_wrong_one_does_not. A wrong code ends the challenges of everybody."""


def check_code(codes, challenge, sealed, now):
    row = codes.find_one_and_delete({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    if row is None:
        codes.delete_many({"code": {"$ne": sealed}})
    return row["user"] if row else None
