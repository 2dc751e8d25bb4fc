"""Caught by: test_it_works_once_also_at_the_same_moment. It signs the row, and looks whether it is the one who did;
another one signs it later and is right as well.
"""

import secrets


def check_code(codes, challenge, sealed, now):
    me = secrets.token_hex(8)
    codes.update_one({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}}, {"$set": {"by": me}})
    row = codes.find_one({"_id": challenge, "by": me})
    if row:
        codes.delete_one({"_id": challenge})
    return row["user"] if row else None
