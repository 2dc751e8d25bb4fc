"""Take a recovery code in the place of the app."""

from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Collection


def redeem(rows: Collection, hasher: Hasher, user: str, typed: str) -> bool:
    """Find the code on this user's sheet and cross it out: whoever removes the row has used it (ASVS 6.5.1)."""
    code = typed.replace("-", "").replace(" ", "").lower()
    for row in rows.find({"user": user, "kind": "code"}):
        if hasher.verify(row["hash"], code):
            return rows.delete_one({"_id": row["_id"]}).deleted_count == 1

    return False
