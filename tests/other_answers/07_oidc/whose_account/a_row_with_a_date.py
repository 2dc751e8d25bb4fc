"""The row has more columns than asked for, and the address is looked at once more after it was written."""

import secrets
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


class Identities:
    """The table of identities, by issuer and subject."""

    def __init__(self, rows: Collection, issuer: str, subject: str):
        self.rows = rows
        self.key = {"iss": issuer, "sub": subject}

    def account(self) -> str | None:
        row = self.rows.find_one(self.key)
        return row["account"] if row else None

    def add(self) -> None:
        row = {"_id": secrets.token_hex(8), "account": secrets.token_urlsafe(16), "since": datetime.now(UTC)}
        with suppress(DuplicateKeyError):
            self.rows.insert_one(self.key | row)


def account_for(identities: Collection, accounts: Collection, issuer: str, claims: dict[str, Any]) -> str | None:
    mine = Identities(identities, issuer, claims["sub"])
    if mine.account() is None:
        email = claims.get("email", "")
        if email and claims.get("email_verified", False) is True and accounts.find({"email": email}):
            return None
        mine.add()
    return mine.account()
