"""What a provider has before its first visitor: keys, people, clients, APIs, and other providers to log in at."""

from collections.abc import Iterable
from typing import Any

from labsrv.kit.people import Person
from labsrv.provider.provider import Provider

FIRST_KEYS = {"RS256": "rsa-1", "ES256": "ec-1"}
# For tests and lessons with a second factor: secrets that look as fake as they are (base32).
TOTP_SECRETS = {"alice": "ALICEALICEALICEALICEALICEALICEAL", "carol": "CAROLCAROLCAROLCAROLCAROLCAROLCA"}


def move_in(
    provider: Provider, people: Iterable[Person], clients: Iterable[dict[str, Any]], totp: dict[str, str] | None = None
) -> None:
    """Make the first keys, open accounts, and register clients; raises `ValueError` for a client that is wrong."""
    for alg in provider.settings.algorithms:
        provider.keys.add(f"{provider.settings.name}-{FIRST_KEYS[alg]}", alg)
    for person in people:
        provider.people.add(person, totp_secret=(TOTP_SECRETS if totp is None else totp).get(person.name, ""))
    for client in clients:
        provider.clients.register(client)


def add_resource(provider: Provider, identifier: str, scopes: list[str], guard: str = "") -> None:
    """Let access tokens be for an API. `guard` is the client that may ask what one of them is worth."""
    row = {"_id": identifier, "scopes": scopes, "guard": guard}
    provider.rows("resources").replace_one({"_id": identifier}, row, upsert=True)


def add_upstream(provider: Provider, name: str, *, label: str, issuer: str, client_id: str, client_secret: str) -> None:
    """Let people log in at another provider (Auth0 calls that a connection)."""
    row = {"_id": name, "label": label, "issuer": issuer, "client_id": client_id, "client_secret": client_secret}
    provider.rows("upstreams").replace_one({"_id": name}, row, upsert=True)
