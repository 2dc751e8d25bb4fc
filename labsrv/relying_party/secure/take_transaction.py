"""Find out which login an answer belongs to, before anything in it is used."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    """Return the row of the login that this browser began, once, or None (RFC 9700, 4.7.1; ASVS 10.2.1).

    Taken first and compared afterwards: an answer has one try, whatever comes of it.
    """
    row = transactions.find_one_and_delete({"_id": answer.get("state", "")})
    if row is None or row["browser"] != browser or now >= row["until"]:
        return None

    # RFC 9207, 2.4: is it from whom we sent them to? Whoever promises to say so has to.
    return dict(row) if answer.get("iss") == row["iss"] else None
