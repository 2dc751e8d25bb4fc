"""It numbers the rows, and hashes the user's name along."""


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    for i, c in enumerate(codes):
        rows.insert_one({"_id": f"{user}/{i}", "user": user, "kind": "code", "hash": hasher.hash(user + c)})


def redeem(rows, hasher, user, typed):
    code = user + "".join(typed.split()).replace("-", "").lower()
    good = [r["_id"] for r in rows.find({"user": user, "kind": "code"}) if hasher.verify(r["hash"], code)]
    return bool(good) and rows.delete_one({"_id": good[0], "user": user}).deleted_count == 1
