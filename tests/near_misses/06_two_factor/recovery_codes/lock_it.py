"""Caught by: test_of_two_at_once_one_is_let_in. Looks and crosses out under a lock, which the shop's other process does
not have.
"""

import threading

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection

LOCK = threading.Lock()


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    code = typed.replace("-", "").replace(" ", "").lower()
    with LOCK:
        for row in rows.find({"user": user, "kind": "code"}):
            if hasher.verify(row["hash"], code):
                rows.delete_one({"_id": row["_id"]})
                return True
    return False
