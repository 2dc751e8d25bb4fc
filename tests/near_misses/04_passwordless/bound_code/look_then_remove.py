"""Caught by: test_it_works_once_also_at_the_same_moment. Right for one at a time."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    row = codes.find_one({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    if row is None:
        return None

    codes.delete_one({"_id": challenge})
    return row["user"]
