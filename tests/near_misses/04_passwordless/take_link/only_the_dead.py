"""Caught by: test_the_link_lets_alice_in. The comparison the wrong way round: links are taken when their time is
over."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    row = links.find_one_and_delete({"_id": fingerprint(token)})
    return row if row and now > row["expires_at"] else None
