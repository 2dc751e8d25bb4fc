"""Authenticator apps that accounts know: a secret that shop and app share, and codes that both work out from it.

A secret that was drawn and not yet confirmed is *proposed*: it stands beside the one in use, and opens nothing.
"""

from dataclasses import dataclass, field

import pyotp

from labsrv.kit.store import Collection

STEP_SECONDS = 30  # RFC 6238, 4.1: X, the time step
DIGITS = 6


@dataclass(frozen=True)
class Factor:
    """One app of one user. `secret` is base32, as apps want it."""

    user: str
    secret: str = field(repr=False)

    def code_at(self, step: int) -> str:
        """Return the code of a time step: six digits. Steps are counted from the epoch, 30 seconds each."""
        return pyotp.HOTP(self.secret, digits=DIGITS).at(step)


class Factors:
    """The apps by their user's name."""

    def __init__(self, rows: Collection):
        self.rows = rows

    def active(self, user: str) -> Factor | None:
        """Return the app that the user logs in with, or None."""
        return self._read(user, "secret")

    def proposed(self, user: str) -> Factor | None:
        """Return the app that the user is setting up, or None."""
        return self._read(user, "proposed")

    def propose(self, user: str, secret: str) -> None:
        """Note a secret that was drawn; the app in use stays the one in use."""
        self.rows.update_one({"_id": user}, {"$set": {"proposed": secret}}, upsert=True)

    def activate(self, user: str, secret: str) -> None:
        """Let the user log in with the app that has this secret, and with no other."""
        self.rows.replace_one({"_id": user}, {"secret": secret}, upsert=True)

    def remove(self, user: str) -> None:
        """Forget the user's app: their password alone lets them in."""
        self.rows.delete_one({"_id": user})

    def _read(self, user: str, which: str) -> Factor | None:
        row = self.rows.find_one({"_id": user}) or {}
        return Factor(user, row[which]) if row.get(which) else None
