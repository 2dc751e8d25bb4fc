"""One message of a login, and its parameters: in the address, in a form, in the Authorization header.

message.parameters                        as they were offered
with_changes(request, {2: "other"})       the same request with another value at that place; None leaves it out
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, quote_plus, unquote_plus, urlsplit

from labsrv.kit.addresses.urls import with_query
from labsrv.kit.html.forms import URLENCODED, urlencoded
from labsrv.kit.http.traffic import first
from labsrv.kit.http.transport import RawResponse, Request

Where = Literal["address", "form", "header"]
Kind = Literal["request", "redirect", "form", "call"]
Changes = Mapping[int, str | None]

SECRETS = {"password", "client_secret"}


@dataclass(frozen=True)
class Parameter:
    """One parameter, and where in the request it stands."""

    name: str
    value: str = field(repr=False)
    where: Where

    @property
    def secret(self) -> bool:
        """Return whether nobody needs to see the value."""
        return self.name in SECRETS


@dataclass(eq=False)
class FlowMessage:
    """What one party sends another. `kind` is "call" for a site's own request, which no browser sees.

    `touched` has what became of parameters on the way, by their names: "changed" or "dropped". `within` is the number
    of the message that its sender was answering when it made a call, `answered` the place of its answer among all.
    """

    number: int
    kind: Kind
    sender: str
    receiver: str
    request: Request
    within: int = 0
    held: bool = True
    touched: dict[str, str] = field(default_factory=dict)
    answer: RawResponse | None = None
    answered: int = 0
    trouble: str = ""
    parameters: list[Parameter] = field(init=False)

    def __post_init__(self) -> None:
        self.parameters = parameters_of(self.request)

    @property
    def channel(self) -> Literal["front", "back"]:
        """Return whether a browser carries it, or it goes from server to server."""
        return "back" if self.kind == "call" else "front"

    def change(self, changes: Changes) -> None:
        """Change parameters on the way; what is as it was, and what is not there, is left alone."""
        real = {
            place: value
            for place, value in changes.items()
            if 0 <= place < len(self.parameters) and value != self.parameters[place].value
        }
        if real:
            self.request = with_changes(self.request, real)
        for place, value in real.items():
            self.touched[self.parameters[place].name] = "dropped" if value is None else "changed"


def parameters_of(request: Request) -> list[Parameter]:
    """Return a request's parameters in the order in which they stand in it."""
    found = [Parameter(name, value, "address") for name, value in pairs(urlsplit(request.url).query)]
    if (first(request.headers, "Content-Type") or "").startswith(URLENCODED):
        found += [Parameter(name, value, "form") for name, value in pairs(request.body.decode("utf-8", "replace"))]
    return found + credentials_of(request)


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the names and values of a query or a form."""
    return parse_qsl(text, keep_blank_values=True)


def credentials_of(request: Request) -> list[Parameter]:
    """Return what the Authorization header says: a client and its secret (RFC 6749, 2.3.1), or an access token."""
    scheme, _, said = (first(request.headers, "Authorization") or "").partition(" ")
    if scheme.lower() == "bearer":
        return [Parameter("access_token", said, "header")]
    if scheme.lower() != "basic":
        return []

    try:
        name, _, secret = base64.b64decode(said, validate=True).decode().partition(":")
    except ValueError:
        return []
    return [
        Parameter("client_id", unquote_plus(name), "header"),
        Parameter("client_secret", unquote_plus(secret), "header"),
    ]


def with_changes(request: Request, changes: Changes) -> Request:
    """Return the request with other values at these places; None leaves a parameter out."""
    known = parameters_of(request)
    kept = [(each, changes.get(place, each.value)) for place, each in enumerate(known)]
    parts = {known[place].where for place in changes}

    def entries(where: Where) -> list[tuple[str, str]]:
        return [(each.name, value) for each, value in kept if each.where == where and value is not None]

    headers = [pair for pair in request.headers if pair[0].lower() != "content-length"]
    if "header" in parts:
        headers = [pair for pair in headers if pair[0].lower() != "authorization"] + authorization(entries("header"))
    return Request(
        request.method,
        with_query(request.url, urlencoded(entries("address"))) if "address" in parts else request.url,
        headers,
        urlencoded(entries("form")).encode() if "form" in parts else request.body,
    )


def authorization(entries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the header that says this; none where nothing is left to be said."""
    said = dict(entries)
    if "access_token" in said:
        return [("Authorization", f"Bearer {said['access_token']}")]
    if not said:
        return []

    both = ":".join(quote_plus(said.get(name, "")) for name in ("client_id", "client_secret"))
    return [("Authorization", f"Basic {base64.b64encode(both.encode()).decode()}")]
