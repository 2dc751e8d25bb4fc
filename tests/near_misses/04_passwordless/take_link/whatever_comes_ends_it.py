"""Caught by: test_what_was_made_up_ends_nothing. Ends all links when a token is wrong: anybody can end Alice's."""

from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def take_link(links: Collection, token: str, now: datetime) -> dict[str, Any] | None:
    row = links.find_one_and_delete({"_id": fingerprint(token)})
    if row is None:
        links.delete_many({})

    return row if row and now < row["expires_at"] else None
