"""It counts uses and looks afterwards: of two at once both may be refused. The row stays."""


def check_code(codes, challenge, sealed, now):
    fits = {"_id": challenge, "code": sealed, "expires_at": {"$gt": now}}
    if not codes.update_one(fits, {"$inc": {"uses": 1}}).matched_count:
        return None
    row = codes.find_one({**fits, "uses": 1})
    return row and row["user"]
