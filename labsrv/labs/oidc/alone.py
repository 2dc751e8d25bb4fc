"""The shop alone, as a relying party of any provider: `authlab relying-party`. It asks the provider over the network.

The provider may be `authlab provider`, Keycloak, Auth0: whoever speaks OpenID Connect, over https, or on this machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.addresses.sites import is_loopback
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import RawResponse, Request, Transport, Unreachable
from labsrv.kit.lessons.lab import Lab
from labsrv.labs import complete
from labsrv.labs.oidc.shop import HOUSE

PATIENCE = 10.0  # seconds
LARGEST_ANSWER = 1 << 20
CHUNK = 1 << 16


class RelyingPartyProblem(SaidPlainly):
    """What the command was given is not what it should be; the message says what to do."""


class OverTheNetwork:
    """A transport to wherever the provider is: https, or this machine."""

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Return the answer, without following a redirect; raises `Unreachable`."""
        refuse_eavesdroppers(request.url)
        try:
            with (
                requests.Session() as session,
                session.request(
                    request.method,
                    request.url,
                    headers={name: value for name, value in request.headers if name != "Host"},
                    data=request.body or None,
                    allow_redirects=False,
                    timeout=PATIENCE,
                    stream=True,
                ) as answer,
            ):
                return RawResponse(
                    answer.status_code, answer.reason, list(answer.headers.items()), body_of(answer, request.url)
                )
        except requests.RequestException as error:
            raise Unreachable(f"{request.url} does not answer: {error}.") from error


def body_of(answer: requests.Response, url: str) -> bytes:
    """Return what an answer says; raises `Unreachable` for more than anybody needs for a login."""
    body = b""
    for part in answer.iter_content(CHUNK):
        body += part
        if len(body) > LARGEST_ANSWER:
            raise Unreachable(f"{url} answers with more than {LARGEST_ANSWER >> 20} MiB.")
    return body


def refuse_eavesdroppers(url: str) -> None:
    """Raise `Unreachable` for what others could read on its way (OpenID Connect Core, 16.17; RFC 9700, 2.6)."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise Unreachable(f"{url} is neither https nor on this machine.")


class ShopServices:
    """The shop's services where it is alone: the lab's, but for its address, and for who brings it to a provider."""

    def __init__(self, lab: Lab, origin: str):
        self.db, self.clock, self.hasher, self.mail, self.sms = lab.db, lab.clock, lab.hasher, lab.mail, lab.sms
        self.origin = origin

    def url(self, site: str, path: str = "/") -> str:
        """Return an absolute URL on the shop."""
        return f"{self.origin}{path}"

    def transport(self) -> Transport:
        """Return what carries requests to the provider."""
        return OverTheNetwork()


@dataclass(frozen=True)
class RelyingParty:
    """A shop that runs by itself."""

    lab: Lab
    services: ShopServices
    issuer: str

    def as_json(self) -> dict[str, Any]:
        """Return where it is, and what its provider has to know of it."""
        url = self.services.url
        return {
            "issuer": self.issuer,
            "login": url("shop", "/login"),
            "signup": url("shop", "/signup"),
            "redirect_uri": url("shop", "/callback"),
            "profile": url("shop", "/profile"),
        }

    def as_text(self) -> str:
        """Return the same for a person."""
        said = self.as_json()
        return (
            f"Open       {said['login']}\nSign up    {said['signup']}\nProfile    {said['profile']}\n"
            f"Provider   {said['issuer']}\n"
            f"Enter there, as the redirect URI (Auth0: Allowed Callback URLs): {said['redirect_uri']}\nCtrl-C ends it."
        )


def run_shop(
    issuer: str, client_id: str, client_secret: str, port: int, acr_values: str = "", **decisions: Callable[..., Any]
) -> RelyingParty:
    """Start the shop on a port of this machine, 0 for a free one, with secure decisions where none is given.

    Raises `RelyingPartyProblem`, `PortTaken`, or `TypeError` for an unknown decision.
    """
    try:
        refuse_eavesdroppers(issuer)
    except (Unreachable, ValueError) as error:
        raise RelyingPartyProblem(
            f"--issuer {issuer!r}: write it as its discovery document does, https://… or http://127.0.0.1:9000."
        ) from error

    lab = Lab("oidc", place=FirstNumber(), port=port)
    try:
        # By this name of loopback browsers keep cookies that are for https only, and no neighbour has another.
        address = f"localhost:{lab.server.port}"
        services = ShopServices(lab, f"http://{address}")
        lab.db.identities.create_index([("iss", 1), ("sub", 1)], unique=True)
        known = {"issuer": issuer, "client_id": client_id, "client_secret": client_secret, "acr_values": acr_values}
        lab.db.providers.insert_one({"_id": HOUSE, "label": urlsplit(issuer).netloc, **known})
        lab.add_site("shop", complete("oidc", decisions)(services))
        lab.front.sites = {address: lab.front.sites[f"shop.localhost:{lab.server.port}"]}
    except BaseException:
        lab.stop()
        raise
    return RelyingParty(lab, services, issuer)
