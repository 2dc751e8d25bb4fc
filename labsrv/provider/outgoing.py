"""Requests that the provider makes itself: to an application when a login ends, to another provider.

They go to this machine only, whatever address a client was registered with: `labsrv.kit.http.transport` sees to that.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from labsrv.kit.html.forms import URLENCODED
from labsrv.kit.http.arrival import Arrival, carried_for
from labsrv.kit.http.transport import LOOPBACK, RawResponse, Request, SocketTransport, Transport, Unreachable
from labsrv.kit.services import Services

# Seconds. Whoever logs out waits for all applications that are told.
PATIENCE = 5.0


class Outgoing:
    """Asks other sites, as the server that it is: without a cookie, and without following a redirect."""

    def __init__(self, name: str, services: Services):
        self.name = name
        self.services = services

    def get_json(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Return what the JSON at an address says; raises `Unreachable` or `ValueError`."""
        return json_of(self.send("GET", url, headers or {}))

    def post_form(self, url: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> RawResponse:
        """Send a form, and return the answer; raises `Unreachable`."""
        typed = {"Content-Type": URLENCODED, **(headers or {})}
        return self.send("POST", url, typed, urlencode(fields).encode())

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> RawResponse:
        """Return the answer to one request; raises `Unreachable`."""
        said = [("Host", urlsplit(url).netloc), ("User-Agent", f"Authlab-site/{self.name}"), *headers.items()]
        visit = Arrival(f"{self.name} (server)", LOOPBACK)
        try:
            return carried_for(self.transport()).send(Request(method, url, said, body), visit)
        except ValueError as error:  # an address that nobody can open
            raise Unreachable(f"{url!r} is no address: {error}.") from error
        finally:
            visit.end()

    def transport(self) -> Transport:
        """Return what carries requests: the lab's own, where it has sites that nobody reaches by a socket."""
        listening = getattr(getattr(self.services, "server", None), "thread", None)
        return SocketTransport(PATIENCE) if listening else self.services.transport()


def json_of(answer: RawResponse) -> Any:
    """Return what an answer says in JSON; raises `ValueError` for any other answer."""
    if answer.status == 200:
        return json.loads(answer.body)

    raise ValueError(f"it answered {answer.status}")
