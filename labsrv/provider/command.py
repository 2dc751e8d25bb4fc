"""The provider alone, on loopback: `authlab provider`. Any client can be tried against it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.addresses.sites import is_loopback
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.lessons.lab import Lab
from labsrv.provider.faults.active import set_faults, with_faults
from labsrv.provider.moving_in import TOTP_SECRETS, add_resource, move_in
from labsrv.provider.provider import Provider
from labsrv.provider.rows.clients import complete
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider, provider_of

PEOPLE = ("alice", "bob", "carol")


class ProviderProblem(SaidPlainly):
    """What the command was given is not what it should be; the message says which entry, and what to do."""


@dataclass(frozen=True)
class ProviderAlone:
    """A provider that runs by itself."""

    lab: Lab
    provider: Provider
    clients: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """Return where it is, and who may log in: what a program that tries a client needs."""
        return {
            "issuer": self.provider.issuer,
            "discovery": f"{self.provider.issuer}/.well-known/openid-configuration",
            "faults": f"{self.provider.issuer}/faults",
            "clients": [client["client_id"] for client in self.clients],
            "people": {name: self.lab.people[name].password for name in PEOPLE},
            "totp": {name: secret for name, secret in TOTP_SECRETS.items() if name in PEOPLE},
        }

    def as_text(self) -> str:
        """Return the same for a person."""
        said = self.as_json()
        people = ", ".join(f"{name} / {password}" for name, password in said["people"].items())
        codes = ", ".join(f"{name} {secret}" for name, secret in said["totp"].items())
        return (
            f"Issuer     {said['issuer']}\nDiscovery  {said['discovery']}\nFaults     {said['faults']}\n"
            f"Clients    {', '.join(said['clients'])}\nPeople     {people}\n"
            f"Second factor (TOTP): {codes}\nCtrl-C ends it."
        )


def run_alone(issuer: str, clients: list[dict[str, Any]], resources: list[str], faults: list[str]) -> ProviderAlone:
    """Start a provider at an address of this machine; raises `ProviderProblem`, `PortTaken` or `LookupError`."""
    host, port = place_of(issuer)
    lab = Lab("provider", place=FirstNumber(), port=port)
    try:
        # Port 0 is a free one, which is known only now.
        address = f"{host}:{lab.server.port}"
        settings = ProviderSettings(issuer=f"http://{address}", fault_page=True)
        provider = provider_of(lab, settings, spoil=with_faults)
        lab.add_site(settings.name, create_provider(lab, settings, spoil=with_faults))
        lab.front.sites = {address: lab.front.sites[f"{settings.name}.localhost:{lab.server.port}"]}

        move_in(provider, [lab.people[name] for name in PEOPLE], clients)
        for identifier, *scopes in (each.split() for each in resources):
            add_resource(provider, identifier, scopes)
        set_faults(provider, faults)
    except BaseException:
        lab.stop()
        raise
    return ProviderAlone(lab, provider, clients)


def place_of(issuer: str) -> tuple[str, int]:
    """Return host and port of an issuer; raises `ProviderProblem` for one that could not be served from here."""
    parts = urlsplit(issuer)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        raise ProviderProblem(f"{issuer!r} is not on this machine: take http://127.0.0.1:9000, or another port.")
    if port is None:
        raise ProviderProblem(f"{issuer!r} has no port: take http://{parts.hostname}:9000, or port 0 for a free one.")
    if parts.netloc != f"{parts.hostname}:{port}" or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ProviderProblem(f"{issuer!r} has more than a host and a port: take http://{parts.hostname}:{port}.")

    return parts.hostname or "", port


def read_clients(path: Path) -> list[dict[str, Any]]:
    """Return the clients of a file, each complete; raises `ProviderProblem` that names the entry and what to do."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ProviderProblem(f"{path}, line {error.lineno}: this is no JSON. {error.msg}.") from error
    except UnicodeDecodeError as error:
        raise ProviderProblem(f"{path} is not saved as UTF-8: save it again with that encoding.") from error
    if not isinstance(entries, list) or not entries:
        raise ProviderProblem(f'{path} is a list of clients: [{{"client_id": "…", "redirect_uris": ["…"], …}}].')

    known: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, client {number}"
        if not isinstance(entry, dict):
            raise ProviderProblem(f'{where} is no object: write {{"client_id": "…", "redirect_uris": ["…"], …}}.')
        where += f" ({entry['client_id']})" if isinstance(entry.get("client_id"), str) else ""
        refuse_bad_client(entry, where)
        if entry["client_id"] in known:
            raise ProviderProblem(f"{where} is there twice: give one of them another 'client_id'.")
        known.add(entry["client_id"])
    return entries


def refuse_bad_client(entry: dict[str, Any], where: str) -> None:
    """Raise `ProviderProblem` for a client that is wrong, with its place before what to change."""
    try:
        complete(entry)
    except ValueError as error:
        raise ProviderProblem(f"{where}: {error}") from error


def read_resources(given: tuple[str, ...]) -> list[str]:
    """Return the APIs of the command line; raises `ProviderProblem` for one without a scope."""
    for each in given:
        if not re.fullmatch(r"\S+( \S+)+", each):
            raise ProviderProblem(
                f"--resource {each!r}: write the API and its scopes, 'http://api.localhost read:pay'."
            )

    return list(given)
