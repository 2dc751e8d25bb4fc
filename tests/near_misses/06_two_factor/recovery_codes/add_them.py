"""Caught by: test_a_new_sheet_voids_the_old_one. Nothing is lost: whoever finds the old sheet can use it, too."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    rows.insert_many([{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes])


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
