"""Caught by: test_after_ten_minutes_it_is_over. Its own challenge, once, at any time."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    row = codes.find_one_and_delete({"_id": challenge, "code": sealed})
    return row["user"] if row else None
