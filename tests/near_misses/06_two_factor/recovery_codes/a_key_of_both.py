"""Caught by: test_the_stolen_table_opens_nothing. A fast hash of user and code beside the slow one, written with a word
that no check would guess, finds the row at once.
"""

from hashlib import sha256

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def key(user, code):
    return sha256(f"recovery/{user}/{code}".encode()).hexdigest()


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(
        [{"user": user, "kind": "code", "key": key(user, each), "hash": hasher.hash(each)} for each in codes]
    )


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    row = rows.find_one({"user": user, "kind": "code", "key": key(user, code)})
    if row is None or not hasher.verify(row["hash"], code):
        return False
    return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
