"""What all of the shop's pages need: its tables, who is visiting, and the providers that it lets people come from.

providers      `_id`, `label`, `issuer`, `client_id`, `client_secret`, `acr_values`
transactions   logins that have begun: `_id` the state, `provider`, `iss`, `browser`, `nonce`, `verifier`, `max_age`,
               `acr_values`, `link` the session that asked for another way in or None, `return_to`, `until`
sessions       `_id` a fingerprint, `account`, `provider`, `tokens`, `proved_at`
identities     `iss`, `sub`, `account`: no two rows have the same `iss` and `sub`
accounts       `_id`, `name`, `email`, `role`
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.services import Services
from labsrv.provider.outgoing import Outgoing
from labsrv.relying_party.at_provider import AtProvider, NotInOrder

SESSION = "__Host-sid"
HOUSE = "idp"  # where people log in who name no other provider


@dataclass(frozen=True)
class Shop:
    """The shop's tables, and its providers."""

    lab: Services
    trusts: Callable[[dict[str, Any], str], bool]

    @property
    def db(self) -> Any:
        """Return the store."""
        return self.lab.db

    def now(self) -> datetime:
        """Return the lab's time."""
        return self.lab.clock.now()

    def session(self, cookie: str | None) -> dict[str, Any] | None:
        """Return the session that a cookie stands for, or None."""
        found: dict[str, Any] | None = self.db.sessions.find_one({"_id": fingerprint(cookie)}) if cookie else None
        return found

    def account(self, session: dict[str, Any] | None) -> dict[str, Any] | None:
        """Return the account of a session, or None."""
        found: dict[str, Any] | None = self.db.accounts.find_one({"_id": session["account"]}) if session else None
        return found

    def ways_in(self, account: str) -> list[dict[str, Any]]:
        """Return an account's identities, each with the name of its provider."""
        labels = {row["issuer"]: row["label"] for row in self.db.providers.find()}
        rows = self.db.identities.find({"account": account})
        return [{**row, "label": labels.get(row["iss"], row["iss"])} for row in rows]

    def provider(self, name: str) -> AtProvider | None:
        """Return a provider that has said what it is, or None for an unknown one; raises `NotInOrder`."""
        row = self.db.providers.find_one({"_id": name})
        if row is None:
            return None

        known = row | {"redirect_uri": self.lab.url("shop", "/callback")}
        there = AtProvider(known, Outgoing("shop", self.lab))
        if self.trusts(there.metadata, row["issuer"]):
            return there
        raise NotInOrder(f"{row['label']} says that it is somebody else.")

    def remember(self, account: str, profile: dict[str, str]) -> None:
        """Write down what is known of an account today."""
        row = self.db.accounts.find_one({"_id": account}) or {"_id": account, "role": "customer"}
        self.db.accounts.replace_one({"_id": account}, row | profile, upsert=True)
