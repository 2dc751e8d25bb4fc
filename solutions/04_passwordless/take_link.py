from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    # Removed and returned in one operation: of twenty callers, one gets the row.
    row = links.find_one_and_delete({"_id": fingerprint(token)})

    if row and now < row["expires_at"]:
        return row

    return None
