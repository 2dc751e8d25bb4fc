"""Keep a sheet of recovery codes."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def keep_codes(rows: Collection, hasher: Hasher, user: str, codes: list[str]) -> None:
    """Hash each code like a password, for it has fewer than 112 bits, and void the sheet before (ASVS 6.5.2)."""
    sheet = [{"user": user, "kind": "code", "hash": hasher.hash(code)} for code in codes]
    rows.delete_many({"user": user, "kind": "code"})
    rows.insert_many(sheet)
