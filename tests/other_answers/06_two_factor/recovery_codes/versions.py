"""It keeps one row with a version, and writes it back if nobody else has."""


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_one({"user": user, "kind": "code", "version": 0, "hashes": [hasher.hash(c) for c in codes]})


def redeem(rows, hasher, user, typed):
    code = typed.replace("-", "").replace(" ", "").lower()
    row = rows.find_one({"user": user, "kind": "code"})
    if row is None:
        return False
    left = [h for h in row["hashes"] if not hasher.verify(h, code)]
    if len(left) == len(row["hashes"]):
        return False
    r = rows.replace_one(
        {"_id": row["_id"], "version": row["version"]}, {**row, "hashes": left, "version": row["version"] + 1}
    )
    return r.modified_count == 1
