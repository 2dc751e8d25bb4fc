"""Caught by: test_a_code_of_mallorys_does_not_open_alices_account. Lets in whose code it is, which is not whose
login was begun."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    row = codes.find_one_and_delete({"code": sealed, "expires_at": {"$gt": now}})
    return row["user"] if row else None
