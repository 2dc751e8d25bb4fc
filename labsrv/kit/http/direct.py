"""A server without a socket: a request is carried from browser to site in the asking thread.

Checks ask a site some fifty times per exercise: a listener, a connection and a thread for each would be most of what
they cost, and to write HTTP down only to read it again at once half of the rest. What http.client, http.server and
werkzeug make of a request and its answer on their way over a socket is made of them here.
"""

import http.client
import itertools
import random
import re
import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import Any, Self

from labsrv.kit.addresses.urls import path_and_query
from labsrv.kit.http.arrival import ARRIVALS, Arrival
from labsrv.kit.http.front import Front
from labsrv.kit.http.server import QuietRequests
from labsrv.kit.http.traffic import first
from labsrv.kit.http.transport import (
    LOOPBACK,
    RawResponse,
    Request,
    Unreachable,
    as_sent,
    loopback_port,
    not_too_large,
)

EPHEMERAL = range(32_768, 60_999)  # Linux's own choice
VISITORS = itertools.count(1)
LONGEST_LINE, MOST_LINES = 65_536, 100  # http.server's: bytes, and lines of headers with the empty one after them
NO_TARGET = re.compile(r"[\0-\x20\x7f]")


class WireServer:
    """Stands where a `Server` does, and nobody else can reach it. Its port is in addresses only."""

    _server_version = f"Werkzeug/{version('werkzeug')}"
    multithread, multiprocess, ssl_context = True, False, None

    def __init__(self, front: Front):
        self.front = front
        self.port = random.SystemRandom().choice(EPHEMERAL)
        self.server_address = (LOOPBACK, self.port)

    def answer(self, request: Request, visitor: int) -> RawResponse:
        """Return a site's answer, as the visitor would read it."""
        arrived = DirectRequest(self, request, visitor)
        if too_long := arrived.too_long():
            return as_read(request.method, too_long, [], b"")

        said: list[Any] = []
        chunks = self.front(arrived.make_environ(), lambda *begun: said.extend(begun))
        status, headers = said
        return as_read(request.method, status, headers, b"".join(chunks))

    def stop(self) -> None:
        """Leave it: nothing is open."""


class Pairs(list[tuple[str, str]]):
    """Headers as werkzeug asks for them."""

    def items(self) -> Self:
        return self


class DirectRequest(QuietRequests):
    """A request as http.server would have read it, of which werkzeug makes the environment."""

    request_version = "HTTP/1.1"

    def __init__(self, server: WireServer, request: Request, visitor: int):
        target = path_and_query(request.url)
        if NO_TARGET.search(target):
            raise http.client.InvalidURL(f"an address has no blanks in it, nor control characters: {target!r}")

        self.server = server  # type: ignore[assignment]
        self.client_address = (LOOPBACK, visitor)
        self.connection = None
        self.command = request.method
        self.path = "/" + target.lstrip("/") if target.startswith("//") else target
        self.headers = Pairs(  # type: ignore[assignment]
            (name, value.decode("latin-1").lstrip(" \t")) for name, value in as_sent(request)
        )
        self.rfile = BytesIO(request.body)

    def too_long(self) -> str | None:
        """Return the status with which http.server turns away what it does not read to its end, or None."""
        if len(f"{self.command} {self.path} {self.request_version}\r\n") > LONGEST_LINE:
            return f"414 {HTTPStatus(414).phrase}"
        if any(len(f"{name}: {value}\r\n") > LONGEST_LINE for name, value in self.headers.items()):
            return "431 Line too long"
        if len(self.headers) >= MOST_LINES:
            return "431 Too many headers"

        return None


def as_read(method: str, status: str, headers: list[tuple[str, str]], body: bytes) -> RawResponse:
    """Return what a visitor reads of an answer: with what the server adds to it, and no more than was announced."""
    code, _, reason = status.partition(" ")
    announced = first(headers, "Content-Length")
    if method == "HEAD" or code in ("204", "304"):
        body = b""
    elif announced is None:
        headers = [*headers, ("Transfer-Encoding", "chunked")]
    else:
        body = body[: length(announced)]

    headers = [("Server", "Authlab"), ("Date", date(int(time.time()))), *headers, ("Connection", "close")]
    read = [(name, value.lstrip(" \t")) for name, value in headers]
    return RawResponse(int(code), reason.strip(), read, not_too_large(body))


def length(announced: str) -> int | None:
    """Return how many bytes are announced; None for what http.client does not take for a number of them."""
    try:
        return int(announced) if int(announced) >= 0 else None
    except ValueError:
        return None


@lru_cache(maxsize=1)
def date(second: int) -> str:
    """Return a moment, in seconds since the epoch, as HTTP writes it (RFC 9110, 5.6.7)."""
    return formatdate(second, usegmt=True)


class WireTransport:
    """Carry requests to one lab's sites, without a socket."""

    def __init__(self, server: WireServer):
        self.server = server

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Return the site's answer, or raise `Unreachable`."""
        port = loopback_port(request.url)
        if port != self.server.port:
            raise Unreachable(f"No lab answers at {request.url}: start it again with its first cell.")

        visitor = next(VISITORS)
        ARRIVALS[visitor, port] = visit
        try:
            return self.server.answer(request, visitor)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{request.url} broke off its answer ({type(error).__name__}: {error}).") from error
        finally:
            del ARRIVALS[visitor, port]
