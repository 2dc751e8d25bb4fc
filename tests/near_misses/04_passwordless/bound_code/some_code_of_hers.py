"""Caught by: test_nor_does_one_of_alices_own_for_another_login. The code is Alice's and the login is hers; they do
not belong together."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    begun = codes.find_one({"_id": challenge})
    if begun is None:
        return None

    row = codes.find_one_and_delete({"user": begun["user"], "code": sealed, "expires_at": {"$gt": now}})
    return row["user"] if row else None
