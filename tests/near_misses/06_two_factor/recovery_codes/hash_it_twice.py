"""Caught by: test_the_stolen_table_opens_nothing. Hashed slowly, and kept as a hash with salt that is fast."""

import hashlib
import secrets


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    for c in codes:
        hasher.hash(c)
        salt = secrets.token_hex(8)
        rows.insert_one(
            {"user": user, "kind": "code", "salt": salt, "hash": hashlib.sha256((salt + c).encode()).hexdigest()}
        )


def redeem(rows, hasher, user, typed):
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hashlib.sha256((row["salt"] + code).encode()).hexdigest() == row["hash"]:
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
