"""How a Browser's request reaches a site: one small replaceable piece.

Today it is a socket. A transport is anything with `send(request, visit)`: a direct WSGI call would do as well.
"""

import http.client
import socket
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

from labsrv.kit.addresses.urls import path_and_query
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.arrival import ARRIVALS, Arrival
from labsrv.kit.http.traffic import first

LOOPBACK = "127.0.0.1"
LARGEST_ANSWER = 64 * 1024 * 1024


@dataclass
class Request:
    """What a browser sends: `headers` in order, `body` as bytes."""

    method: str
    url: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


@dataclass
class RawResponse:
    """What came back, undecoded; `headers` keeps repeated ones apart."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes

    @cached_property
    def fields(self) -> Headers:
        """Return the headers by name."""
        return Headers(self.headers)


class Transport(Protocol):
    """Anything that carries a request to a site and brings the answer back."""

    def send(self, request: Request, visit: Arrival) -> RawResponse: ...


class Unreachable(SaidPlainly):
    """No site answered; the message says why and what to do."""


class SocketTransport:
    """Carry requests over loopback, whatever `*.localhost` name they are for; to some ports `only`, if it says so."""

    def __init__(self, timeout: float = 60.0, *, only: Container[int] | None = None):
        self.timeout = timeout
        self.only = only

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Return the site's answer, or raise `Unreachable`."""
        port = loopback_port(request.url)
        if self.only is not None and port not in self.only:
            raise Unreachable(
                f"No lab answers at {request.url}: start it again with its first cell. "
                "This browser visits the labs of its own notebook, and nothing else on this machine."
            )

        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=self.timeout)

        try:
            connection.connect()
        except OSError as error:
            raise Unreachable(f"No lab answers at {request.url}: start it again with its first cell.") from error

        arrival = (connection.sock.getsockname()[1], port)
        ARRIVALS[arrival] = visit
        try:
            return converse(connection, request)
        except TimeoutError as error:
            raise Unreachable(f"{request.url} gave no answer within {self.timeout:g} seconds.") from error
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{request.url} broke off its answer ({type(error).__name__}: {error}).") from error
        finally:
            ARRIVALS.pop(arrival, None)
            connection.close()


def loopback_port(url: str) -> int:
    """Return the port of a lab's URL, or raise `Unreachable`: lab traffic never leaves the machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""

    if parts.scheme == "http" and (host == "localhost" or host.endswith(".localhost") or host == LOOPBACK):
        return parts.port or 80

    raise Unreachable(f"{url} is outside the lab: this browser visits http://*.localhost and nothing else.")


def as_sent(request: Request) -> Iterator[tuple[str, bytes]]:
    """Yield the headers as they go out, in order. Raises `ValueError` for one that would be two (RFC 9110, 5.5)."""
    for name, value in request.headers:
        if "\r" in value or "\n" in value:
            raise ValueError(f"A header's value is one line, and {name} has {value!r}.")
        yield name, value.encode("latin-1", "replace")
    if request.body and first(request.headers, "Content-Length") is None:
        yield "Content-Length", str(len(request.body)).encode()


def not_too_large(body: bytes) -> bytes:
    """Return an answer's body, or raise `HTTPException`."""
    if len(body) > LARGEST_ANSWER:
        raise http.client.HTTPException(f"more than {LARGEST_ANSWER >> 20} MiB")

    return body


def converse(connection: http.client.HTTPConnection, request: Request) -> RawResponse:
    """Send the request as it is, and read the whole answer."""
    connection.putrequest(request.method, path_and_query(request.url), skip_host=True, skip_accept_encoding=True)
    for name, value in as_sent(request):
        connection.putheader(name, value)
    connection.endheaders(request.body or None)

    # Small segments must not wait for each other.
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    answer = connection.getresponse()
    return RawResponse(
        answer.status, answer.reason, answer.getheaders(), not_too_large(answer.read(LARGEST_ANSWER + 1))
    )
