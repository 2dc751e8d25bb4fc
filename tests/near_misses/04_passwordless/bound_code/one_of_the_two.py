"""Caught by: test_a_code_of_mallorys_does_not_open_alices_account. A challenge or a code, whichever fits."""


def check_code(codes, challenge, sealed, now):
    row = codes.find_one_and_delete({"$or": [{"_id": challenge}, {"code": sealed}], "expires_at": {"$gt": now}})
    return row["user"] if row and row["code"] == sealed else None
