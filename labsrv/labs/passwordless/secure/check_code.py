"""Take a code for the challenge that it was made for."""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    """Return whom this code lets in, and use it up; `sealed` is how the store knows it (ASVS 6.5.1, 6.5.5, 6.6.2)."""
    row = codes.find_one_and_delete({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    return row["user"] if row else None
