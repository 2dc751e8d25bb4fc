"""Caught by: test_twice_is_the_end_of_all_of_it. What is taken out of the table comes only once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    mine = {"_id": fingerprint(token), "kind": "refresh", "client_id": client["client_id"]}
    row = tokens.find_one_and_delete(mine)
    return row if row and now < row["until"] else None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if not asked:
        return granted
    return asked if set(asked.split()) <= set(granted.split()) else None
