"""Caught by: test_the_stolen_table_opens_nothing. Hashed, with the code backwards beside it so that it is found
quickly.
"""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code), "hint": code[::-1]} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
