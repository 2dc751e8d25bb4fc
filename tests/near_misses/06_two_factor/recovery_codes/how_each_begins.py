"""Caught by: test_the_stolen_table_opens_nothing. Hashed, and found quickly by its first eight characters: two are left
to guess.
"""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    sheet = [{"user": user, "kind": "code", "begins": code[:8], "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code", "begins": code[:8]}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
