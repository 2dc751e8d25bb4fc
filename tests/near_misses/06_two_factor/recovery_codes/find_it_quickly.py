"""Caught by: test_the_stolen_table_opens_nothing. Twelve characters of a fast hash beside the slow one, so that the row
is found quickly.
"""

import hashlib

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows, hasher, user, codes):
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(
        [
            {
                "user": user,
                "kind": "code",
                "hash": hasher.hash(c),
                "find": hashlib.sha256((user + c).encode()).hexdigest()[:12],
            }
            for c in codes
        ]
    )


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Tell whether what was typed is a code on the user's sheet, and cross it out."""
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
