"""Caught by: test_nor_while_another_is_under_way. Looks once more right before it removes; that is still before."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    key = {"_id": fingerprint(token)}
    if not links.find_one(key):
        return None

    row = links.find_one(key)
    links.delete_many(key)
    return row if row and now < row["expires_at"] else None
