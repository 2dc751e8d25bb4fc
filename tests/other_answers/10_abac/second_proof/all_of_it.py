"""The proof that would count is described, and compared; the moments lie between two others."""

from datetime import datetime, timedelta
from typing import Any


def is_confirmed(proof: dict[str, Any] | None, session: dict[str, Any], now: datetime) -> bool:
    match proof:
        case {"user": user, "session": number, "at": datetime() as at}:
            earliest = max(session["began"], now - timedelta(minutes=5) + timedelta.resolution)
            return all([user == session["user"], number == session["id"], earliest <= at, at <= now])

    return False
