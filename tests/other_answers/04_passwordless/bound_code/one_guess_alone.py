"""A wrong code ends its challenge: whoever mistypes begins again."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    row = codes.find_one_and_delete({"_id": challenge})
    return row["user"] if row and row["code"] == sealed and now < row["expires_at"] else None
