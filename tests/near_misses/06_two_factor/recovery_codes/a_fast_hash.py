"""Caught by: test_the_stolen_table_opens_nothing. SHA-256 is a good hash, for what has enough bits."""

from hashlib import sha256

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many([{"user": user, "kind": "code", "hash": sha256(code.encode()).hexdigest()} for code in codes])


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    wanted = {"user": user, "kind": "code", "hash": sha256(code.encode()).hexdigest()}
    return rows.delete_one(wanted).deleted_count == 1
