"""Caught by: test_after_its_time_it_is_refused. Compares clocks without their dates."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    row = links.find_one_and_delete({"_id": fingerprint(token)})
    return row if row and abs((row["expires_at"] - now).total_seconds()) % 86400 <= 600 else None
