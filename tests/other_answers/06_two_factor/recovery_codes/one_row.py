"""It keeps the sheet in one row, and pulls a hash out of its list."""


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_one({"user": user, "kind": "code", "left": [hasher.hash(c) for c in codes]})


def redeem(rows, hasher, user, typed):
    code = typed.translate({ord(c): None for c in "- "}).lower()
    for row in rows.find({"user": user, "kind": "code"}):
        for h in row["left"]:
            if hasher.verify(h, code):
                return rows.update_one({"_id": row["_id"], "left": h}, {"$pull": {"left": h}}).modified_count == 1
    return False
