"""Caught by: test_a_code_opens_once. The code is marked as used, and nobody looks at the mark."""

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
            rows.update_one({"_id": row["_id"]}, {"$set": {"used": True}})
            return True
    return False
