"""Caught by: test_it_works_once. All fits, and the challenge stays open for whoever sends it again."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    row = codes.find_one({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    return row["user"] if row else None
