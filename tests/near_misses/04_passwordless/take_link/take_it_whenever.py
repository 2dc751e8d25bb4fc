"""Caught by: test_after_its_time_it_is_refused. One operation, one use; and the date stays unread."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    return links.find_one_and_delete({"_id": fingerprint(token)})
