"""Caught by: test_of_two_at_once_one_is_let_in. It looks whether the row is still there, a second time, and
deletes it then.
"""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            there = "used" not in row
            rows.update_one({"_id": row["_id"]}, {"$set": {"used": True}})
            return there
    return False
