from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    # All that must be true stands in the filter, and whoever finds the row has removed it.
    row = codes.find_one_and_delete({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})

    return row["user"] if row else None
