"""Caught by: test_it_works_once_also_at_the_same_moment. Nobody comes between look and removal in this process; the
shop has two.
"""

import threading
from datetime import datetime

from labsrv.kit.store import Collection

LOCK = threading.Lock()


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    with LOCK:
        row = codes.find_one({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
        if row is None:
            return None

        codes.delete_one({"_id": challenge})
    return row["user"]
