"""Caught by: test_a_part_is_no_code. People paste the whole sheet; whoever guesses pastes a thousand codes, and it is
one try.
"""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def redeem(rows, hasher, user, typed):
    for word in typed.lower().replace("-", "").split():
        for row in rows.find({"user": user, "kind": "code"}):
            if hasher.verify(row["hash"], word) or hasher.verify(
                row["hash"], typed.lower().replace("-", "").replace(" ", "")
            ):
                return rows.delete_one({"_id": row["_id"]}).deleted_count == 1
    return False


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Keep a new sheet of codes: ten letters and digits each, as they are before the shop prints them with a hyphen.

    A row is {"user": …, "kind": "code", …}, the rest is up to you. Of old there are rows of the kind "question".
    """
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)
