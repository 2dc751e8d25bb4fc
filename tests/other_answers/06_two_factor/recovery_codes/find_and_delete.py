"""It takes the row out in one operation, and keeps letters and digits of what was typed."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def redeem(rows, hasher, user, typed):
    code = "".join(c for c in typed.lower() if c.isalnum())
    row = next((r for r in rows.find({"user": user, "kind": "code"}) if hasher.verify(r["hash"], code)), None)
    return row is not None and rows.find_one_and_delete({"_id": row["_id"]}) is not None


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Keep a new sheet of codes: ten letters and digits each, as they are before the shop prints them with a hyphen.

    A row is {"user": …, "kind": "code", …}, the rest is up to you. Of old there are rows of the kind "question".
    """
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)
