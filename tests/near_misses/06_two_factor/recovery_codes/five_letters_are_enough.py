"""Caught by: test_a_part_is_no_code. Nobody wants to type ten letters."""


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many([{"user": user, "kind": "code", "hash": hasher.hash(c[:5])} for c in codes])


def redeem(rows, hasher, user, typed):
    code = typed.replace("-", "").replace(" ", "").lower()[:5]
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
