"""Login sessions of the provider: the cookie that makes single sign-on, as rows.

`_id`        the fingerprint of what the cookie holds
`sid`        its name towards applications (OpenID Connect Back-Channel Logout 1.0, 2.1)
`sub`, `auth_time`, `acr`, `amr`        who, when, and how they showed it
`clients`    where they went with it; `upstream` where they came from, if from another provider
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

# Authentication context classes: a password alone, and what Auth0 calls more than one factor.
PASSWORD = "urn:authlab:acr:pwd"
TWO_FACTORS = "http://schemas.openid.net/pape/policies/2007/06/multi-factor"
ACR_VALUES = (PASSWORD, TWO_FACTORS)


class Logins:
    """The table of login sessions."""

    def __init__(self, rows: Collection, now: Callable[[], datetime], life: timedelta):
        self.rows = rows
        self.now = now
        self.life = life

    def begin(self, sub: str, amr: list[str], *, sid: str = "", clients: list[str] | None = None, **more: Any) -> str:
        """Store a session, and return what the cookie holds. `sid` and `clients` are those of one that it goes on."""
        secret = secrets.token_urlsafe(32)
        now = self.now()
        row = {"sid": sid or secrets.token_urlsafe(12), "sub": sub, "clients": clients or [], "upstream": None, **more}
        proof = {"auth_time": now, "acr": PASSWORD, "amr": amr, "until": now + self.life}
        self.rows.insert_one({"_id": fingerprint(secret), **row, **proof})
        return secret

    def find(self, secret: str | None) -> dict[str, Any] | None:
        """Return the session that a cookie stands for, or None."""
        row = self.rows.find_one({"_id": fingerprint(secret)}) if secret else None
        if row and self.now() < row["until"]:
            return dict(row)

        return None

    def of(self, sub: str) -> list[dict[str, Any]]:
        """Return a user's sessions."""
        return self.rows.find({"sub": sub})

    def step_up(self, session: dict[str, Any]) -> None:
        """Note that the user has shown a second factor."""
        proof = {"acr": TWO_FACTORS, "amr": [*session["amr"], "otp", "mfa"], "auth_time": self.now()}
        self.rows.update_one({"_id": session["_id"]}, {"$set": proof})

    def visit(self, session: dict[str, Any], client_id: str) -> None:
        """Note an application that the user goes to: it wants to know when the session ends."""
        self.rows.update_one({"_id": session["_id"]}, {"$addToSet": {"clients": client_id}})

    def end(self, session: dict[str, Any]) -> dict[str, Any] | None:
        """Remove a session and return its row as it was at the end, or None for whoever comes second."""
        found: dict[str, Any] | None = self.rows.find_one_and_delete({"_id": session["_id"]})
        return found
