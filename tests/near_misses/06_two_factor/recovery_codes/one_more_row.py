"""Caught by: test_a_code_off_the_sheet_opens. The right row is deleted, and then the first one of the table, too."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def redeem(rows, hasher, user, typed):
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            rows.delete_one({"_id": row["_id"]})
            return rows.delete_one({"kind": "code"}).deleted_count == 1
    return False


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Keep a new sheet of codes: ten letters and digits each, as they are before the shop prints them with a hyphen.

    A row is {"user": …, "kind": "code", …}, the rest is up to you. Of old there are rows of the kind "question".
    """
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)
