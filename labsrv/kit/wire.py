"""A server without a socket: the same bytes of HTTP, carried from browser to site in the asking thread.

Checks ask a site some fifty times per exercise: a listener, a connection and a thread for each would be most of what
they cost. What is said and read is the same: http.client writes and parses at one end, werkzeug at the other.
"""

import http.client
import itertools
import random
import socket
from importlib.metadata import version
from io import BytesIO
from typing import Any

from labsrv.kit.server import Front, QuietRequests
from labsrv.kit.transport import ARRIVALS, LOOPBACK, RawResponse, Request, Unreachable, Visit, converse, loopback_port

EPHEMERAL = range(32_768, 60_999)  # Linux's own choice
VISITORS = itertools.count(1)


class WireServer:
    """Stands where a `Server` does, and nobody else can reach it. Its port is in addresses only."""

    _server_version = f"Werkzeug/{version('werkzeug')}"
    multithread, multiprocess, ssl_context, passthrough_errors = True, False, None, False

    def __init__(self, front: Front):
        self.front = self.app = front
        self.port = random.SystemRandom().choice(EPHEMERAL)
        self.server_address = (LOOPBACK, self.port)
        # Werkzeug looks whether more comes in after the request: here it always hears that this was all.
        self.nothing_more, other_end = socket.socketpair()
        other_end.close()

    def answer(self, sent: bytes, visitor: int) -> bytes:
        """Return the answer to a request, both as they would go over a socket."""
        return WiredRequest(self, sent, visitor).wfile.getvalue()

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing, as `QuietRequests` does."""

    def stop(self) -> None:
        """Close what was held."""
        self.nothing_more.close()


class WiredRequest(QuietRequests):
    """One request that is there as a whole, and whose answer is kept."""

    wfile: BytesIO

    def __init__(self, server: WireServer, sent: bytes, visitor: int):
        self.server = server  # type: ignore[assignment]
        self.client_address = (LOOPBACK, visitor)
        self.connection = server.nothing_more
        self.rfile, self.wfile = BytesIO(sent), BytesIO()
        self.handle()


class Wire:
    """What http.client takes for a socket: it gathers the request, and has the answer once that is read."""

    def __init__(self, server: WireServer, visitor: int):
        self.server = server
        self.visitor = visitor
        self.sent = bytearray()

    def sendall(self, data: bytes) -> None:
        """Take a part of the request."""
        self.sent += data

    def makefile(self, mode: str) -> BytesIO:
        """Let the site answer, and return what it said."""
        return BytesIO(self.server.answer(bytes(self.sent), self.visitor))

    def setsockopt(self, *option: int) -> None:
        """Leave it: nothing waits here."""

    def close(self) -> None:
        """Leave it: nothing is open."""


class WireTransport:
    """Carry requests to one lab's sites, without a socket."""

    def __init__(self, server: WireServer):
        self.server = server

    def send(self, request: Request, visit: Visit) -> RawResponse:
        """Return the site's answer, or raise `Unreachable`."""
        port = loopback_port(request.url)
        if port != self.server.port:
            raise Unreachable(f"No lab answers at {request.url}: start it again with its first cell.")

        visitor = next(VISITORS)
        connection = http.client.HTTPConnection(LOOPBACK, port)
        connection.sock = Wire(self.server, visitor)
        ARRIVALS[visitor, port] = visit
        try:
            return converse(connection, request)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{request.url} broke off its answer ({type(error).__name__}: {error}).") from error
        finally:
            del ARRIVALS[visitor, port]
