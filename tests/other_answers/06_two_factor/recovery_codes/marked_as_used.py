"""It marks rows as used, hashes capitals, and sweeps up after the new sheet is there."""


def keep_codes(rows, hasher, user, codes):
    made = [
        rows.insert_one({"user": user, "kind": "code", "hash": hasher.hash(c.upper()), "used": False}).inserted_id
        for c in codes
    ]
    rows.delete_many({"user": user, "_id": {"$nin": made}})


def redeem(rows, hasher, user, typed):
    code = typed.upper().replace("-", "").replace(" ", "")
    for row in rows.find({"user": user, "kind": "code", "used": False}):
        if hasher.verify(row["hash"], code):
            done = rows.find_one_and_update({"_id": row["_id"], "used": False}, {"$set": {"used": True}})
            return done is not None
    return False
