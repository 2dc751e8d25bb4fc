"""Refresh tokens: what an app shows to get a new access token, as rows in the store.

All refresh tokens that descend from one login are a family. A token works for as long as its family has a row.

    families   `_id` the family's name, `user`, `began_at` (aware, UTC)
    rows       `_id` the token's fingerprint, `family`, `used`
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Store


@dataclass(frozen=True)
class Grant:
    """One refresh token, as it is handed out."""

    token: str = field(repr=False)
    family: str
    user: str


class Grants:
    """The tables of refresh tokens and of their families."""

    def __init__(self, db: Store, now: Callable[[], datetime]):
        self.rows = db.grants
        self.families = db.families
        self.now = now

    def key(self, token: str) -> str:
        """Return the `_id` of the row that belongs to a token: 256 random bits need no slow hash."""
        return fingerprint(token)

    def begin(self, user: str) -> Grant:
        """Start a family, as a login does, and return its first token."""
        family = secrets.token_urlsafe(12)
        self.families.insert_one({"_id": family, "user": user, "began_at": self.now()})
        return self.issue(family, user)

    def issue(self, family: str, user: str) -> Grant:
        """Return one more token of a family."""
        token = secrets.token_urlsafe(32)
        self.rows.insert_one({"_id": self.key(token), "family": family, "used": False})
        return Grant(token, family, user)

    def family(self, name: str) -> dict[str, Any] | None:
        """Return the row of a family, or None when it has ended."""
        found: dict[str, Any] | None = self.families.find_one({"_id": name})
        return found

    def end(self, family: str) -> None:
        """End a family: none of its tokens works from now on."""
        self.families.delete_one({"_id": family})
