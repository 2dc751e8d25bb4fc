"""Caught by: test_a_code_off_the_sheet_opens. Letter for letter as it stands on the sheet, and the hyphen is
none of it.
"""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False
