"""Caught by: test_it_works_once_also_at_the_same_moment. Right for one at a time; between the look and the removal
there is room for nineteen."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    row = links.find_one({"_id": fingerprint(token)})
    if row is None or now >= row["expires_at"]:
        return None

    links.delete_one({"_id": row["_id"]})
    return row
