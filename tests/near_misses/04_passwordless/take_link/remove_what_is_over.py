"""Caught by: test_it_works_once. Removes links whose time is over, and forgets those that were used."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    links.delete_many({"expires_at": {"$lte": now}})
    return links.find_one({"_id": fingerprint(token)})
