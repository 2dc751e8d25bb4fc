"""Use a link up."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    """Remove the link's row and return it, or None: no two callers get the same one (ASVS 6.5.1, 6.5.5)."""
    row: dict[str, Any] | None = links.find_one_and_delete({"_id": fingerprint(token)})

    if row and now < row["expires_at"]:
        return row

    return None
