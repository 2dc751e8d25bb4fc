"""One provider: its settings, its decisions, and its rows, for all of its rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from labsrv.kit.attempts import Attempts
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.provider.decisions import ProviderDecisions
from labsrv.provider.outgoing import Outgoing
from labsrv.provider.rows.clients import Clients
from labsrv.provider.rows.grants import LoginGrants
from labsrv.provider.rows.logins import Logins
from labsrv.provider.rows.people import People
from labsrv.provider.rows.signing import SigningKeys
from labsrv.provider.rows.steps import Steps
from labsrv.provider.settings import ProviderSettings

# What a provider that is told to answer wrongly makes of what it was about to say: (point, thing) → thing.
Spoil = Callable[[str, Any, "Provider"], Any]

STANDARD_SCOPES = ("openid", "profile", "email", "offline_access")
RESPONSE_MODES = ("query", "fragment", "form_post")
PROMPTS = ("none", "login", "consent", "select_account", "create")


def leave_as_it_is(point: str, thing: Any, provider: "Provider") -> Any:
    """Return what a provider without faults says: what it was about to say."""
    return thing


@dataclass(frozen=True)
class Provider:
    """What all rooms of the provider need. It keeps nothing itself: any number of processes may be the same one.

    Tables are looked up each time: a neighbour of a lesson's shop serves one lab after another.
    """

    services: Services
    settings: ProviderSettings
    decide: ProviderDecisions
    spoil: Spoil = leave_as_it_is

    def rows(self, name: str) -> Collection:
        """Return a table of this provider's own."""
        return self.services.db[f"{self.settings.name}_{name}"]

    @property
    def issuer(self) -> str:
        """Return the issuer identifier (OpenID Connect Core, 2). Asked for late: a lab's address is not known early."""
        return self.settings.issuer or self.services.url(self.settings.name, "")

    def now(self) -> datetime:
        """Return the lab's time."""
        return self.services.clock.now()

    @property
    def people(self) -> People:
        return People(self.rows("people"), self.services.hasher)

    @property
    def clients(self) -> Clients:
        return Clients(self.rows("clients"))

    @property
    def logins(self) -> Logins:
        return Logins(self.rows("logins"), self.now, self.settings.session_life)

    @property
    def steps(self) -> Steps:
        return Steps(self.rows("steps"), self.now, self.settings.step_life)

    @property
    def grants(self) -> LoginGrants:
        return LoginGrants(self.rows("grants"), self.rows("codes"), self.rows("tokens"), self.now)

    @property
    def keys(self) -> SigningKeys:
        return SigningKeys(self.rows("keys"), self.now)

    @property
    def attempts(self) -> Attempts:
        return Attempts(self.rows("attempts"), self.now)

    @property
    def outgoing(self) -> Outgoing:
        return Outgoing(self.settings.name, self.services)

    # APIs and what is asked of them.

    def resources(self) -> dict[str, dict[str, Any]]:
        """Return the APIs that access tokens may be for, by their identifiers (RFC 8707)."""
        return {row["_id"]: row for row in self.rows("resources").find()}

    def scopes(self) -> list[str]:
        """Return all scopes that there are."""
        return [*STANDARD_SCOPES, *dict.fromkeys(each for row in self.resources().values() for each in row["scopes"])]

    def scope_at(self, audience: str, scope: str) -> str:
        """Return the part of a scope that means something to an API, or with "" to our own userinfo."""
        row = self.resources().get(audience) if audience else None
        known = row["scopes"] if row else STANDARD_SCOPES if not audience else ()
        return " ".join(each for each in scope.split(" ") if each in known)

    def agreed(self, sub: str, client_id: str) -> str:
        """Return the scope that a user has agreed to with a client."""
        row = self.rows("consents").find_one({"_id": f"{sub} {client_id}"})
        return row["scope"] if row else ""

    def sign(self, kind: str, typ: str, claims: dict[str, Any], alg: str) -> str:
        """Return a signed token. `kind` is what it is, for whoever wants it spoiled."""
        return self.spoil(kind, self.keys.draft(typ, claims, alg), self).signed()

    def seconds(self, moment: datetime) -> int:
        """Return a moment as tokens have it: whole seconds since the epoch (RFC 7519, 2)."""
        return int(moment.timestamp())
