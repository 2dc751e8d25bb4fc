"""It marks the row instead of removing it, in one step, and reads in the row from before whether it was marked."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    before = links.find_one_and_update({"_id": fingerprint(token)}, {"$set": {"used_at": now}})
    if before is None or "used_at" in before or before["expires_at"] <= now:
        return None
    return before
