"""Caught by: test_the_stolen_table_opens_nothing. One slow hash for the sheet, and the codes in a list beside it."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_one({"user": user, "kind": "code", "left": codes, "hash": hasher.hash(" ".join(codes))})


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    return rows.update_one({"user": user, "left": code}, {"$pull": {"left": code}}).modified_count == 1
