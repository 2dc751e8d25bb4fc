"""Keep a sheet of codes for the day on which the phone is gone."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Keep a new sheet of codes: ten letters and digits each, as they are before the shop prints them with a hyphen.

    A row is {"user": …, "kind": "code", …}, the rest is up to you, but of a code it has what `hasher` makes of it.
    Of old there are rows of the kind "question".
    """
    # The hash is all that is kept, and the sheet before is void.
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Tell whether what was typed is a code on the user's sheet, and cross it out."""
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            # Who has removed the row is let in: of two who come at once, one.
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1

    return False
