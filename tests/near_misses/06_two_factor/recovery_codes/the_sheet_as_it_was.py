"""Caught by: test_what_is_crossed_out_stays_so. One row has the sheet; it is written back as it was read, without the
code that was used.
"""


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_one({"user": user, "kind": "code", "hashes": [hasher.hash(c) for c in codes]})


def redeem(rows, hasher, user, typed):
    code = typed.replace("-", "").replace(" ", "").lower()
    row = rows.find_one({"user": user, "kind": "code"})
    for h in row["hashes"] if row else []:
        if hasher.verify(h, code):
            left = [x for x in row["hashes"] if x != h]
            return rows.update_one({"_id": row["_id"], "hashes": h}, {"$set": {"hashes": left}}).modified_count == 1
    return False
