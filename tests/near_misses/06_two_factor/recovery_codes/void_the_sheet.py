"""Caught by: test_a_code_off_the_sheet_opens. Whoever used one code has lost their phone, so the sheet is over: the
others as well.
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
            return rows.delete_many({"user": user, "kind": "code"}).deleted_count > 0
    return False
