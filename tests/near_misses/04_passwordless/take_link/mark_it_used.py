"""Caught by: test_it_works_once_also_at_the_same_moment. A mark in place of a removal, and the same room between the
look and the mark."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    row = links.find_one({"_id": fingerprint(token), "used": {"$ne": True}})
    if row is None or now >= row["expires_at"]:
        return None

    links.update_one({"_id": row["_id"]}, {"$set": {"used": True}})
    return row
