"""A transport without sockets: a Browser's request goes to the lab's sites as a WSGI call, and nothing else differs.

A check makes dozens of requests, and a class tens of thousands of checks: half of a request's time went into a
connection and a thread that only it used. What HTTP/1.1 makes of an answer on its way is done here too: no body after
204, 304 and HEAD, Content-Length believed, headers in Latin-1. `tests/kit/test_direct.py` holds both transports
against each other.
"""

import itertools
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from labsrv.kit.transport import ARRIVALS, LOOPBACK, RawResponse, Request, Unreachable, Visit, loopback_port

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PLAIN = ("CONTENT_TYPE", "CONTENT_LENGTH")
WITHOUT_BODY = (204, 304)
# Visitors' ports that no socket has: the number of a visit.
PORTS = itertools.count(65_536)
# The ports of labs that no socket listens on, one after another: no lab is mistaken for an earlier one.
UNHEARD = itertools.cycle(range(10_000, 60_000))


class Unheard:
    """Stands where a lab has its server: a port for its addresses, on which nobody listens."""

    def __init__(self) -> None:
        self.port = next(UNHEARD)

    def stop(self) -> None:
        """Do nothing: nothing was begun."""


class DirectTransport:
    """Carries requests to the application that listens on a port of this process."""

    def __init__(self, app: App, port: int):
        self.app = app
        self.port = port

    def send(self, request: Request, visit: Visit) -> RawResponse:
        """Return the site's answer, or raise `Unreachable`."""
        if loopback_port(request.url) != self.port:
            raise Unreachable(f"No lab answers at {request.url}: start it again with its first cell.")

        arrival = (next(PORTS), self.port)
        ARRIVALS[arrival] = visit
        answer: list[Any] = []
        try:
            chunks = self.app(
                environ(request, *arrival), lambda status, headers, exc_info=None: answer.extend((status, headers))
            )
            status, headers = answer
            return over_the_wire(request, status, headers, b"".join(chunks))
        except (ValueError, UnicodeError) as error:
            raise Unreachable(f"{request.url} broke off its answer ({type(error).__name__}: {error}).") from error
        finally:
            del ARRIVALS[arrival]


def environ(request: Request, visitor: int, port: int) -> dict[str, Any]:
    """Return the request as WSGI has it (PEP 3333), with the additions that servers make."""
    parts = urlsplit(request.url)
    path = "/" + parts.path.lstrip("/") if parts.path.startswith("//") else parts.path or "/"  # as http.server has it
    target = path + (f"?{parts.query}" if parts.query else "")
    found: dict[str, Any] = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "REQUEST_URI": target,
        "RAW_URI": target,
        "REMOTE_ADDR": LOOPBACK,
        "REMOTE_PORT": visitor,
        "SERVER_NAME": LOOPBACK,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    for name, value in request.headers:
        add(found, name.upper().replace("-", "_"), value.encode("latin-1", "replace").decode("latin-1").lstrip(" \t"))
    if request.body:
        found.setdefault("CONTENT_LENGTH", str(len(request.body)))
    return found


def add(found: dict[str, Any], key: str, value: str) -> None:
    """Add a header; repeated ones are one list."""
    if key not in PLAIN:
        key = f"HTTP_{key}"
        value = f"{found[key]},{value}" if key in found else value
    found[key] = value


def over_the_wire(request: Request, status: str, headers: list[tuple[str, str]], body: bytes) -> RawResponse:
    """Return an answer as it arrives; raises `ValueError` for one that can't be sent."""
    code, _, reason = status.partition(" ")
    sent = [(name, value.encode("latin-1").decode("latin-1").lstrip(" \t")) for name, value in headers]
    if request.method == "HEAD" or int(code) in WITHOUT_BODY or int(code) < 200:
        return RawResponse(int(code), reason, sent, b"")

    said = next((value for name, value in sent if name.lower() == "content-length"), None)
    length = int(said) if said is not None and said.isdecimal() else len(body)
    return RawResponse(int(code), reason, sent, body[:length])
