"""Caught by: test_it_works_once_also_at_the_same_moment. Nobody comes between look and removal in this process; the
shop has two.
"""

import threading
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

LOCK = threading.Lock()


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    with LOCK:
        row = links.find_one({"_id": fingerprint(token)})
        links.delete_one({"_id": fingerprint(token)})
    return row if row and now < row["expires_at"] else None
