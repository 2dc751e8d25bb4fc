"""Caught by: test_a_code_of_mallorys_does_not_open_alices_account. It takes the row of the code before it looks whose
challenge that is: the code opens nothing there, and nothing where it belongs.
"""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    row = codes.find_one_and_delete({"code": sealed, "expires_at": {"$gt": now}})
    return row["user"] if row and row["_id"] == challenge else None
