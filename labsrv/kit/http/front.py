"""What stands before a lab's sites and writes down what is said.

browser ──Host: shop.localhost:PORT──▶ Front ──▶ the site of that name ──▶ answer
                                         │
                                         ├─ another Host: 421, no site sees it   (DNS rebinding)
                                         ├─ Jupyter's cookies: dropped by name   (ports do not isolate cookies)
                                         ├─ a body of more than a megabyte: 413, no site sees it
                                         ├─ the exchange: recorded, and published when it is over
                                         └─ a site that raises: the learner sees the traceback, the visitor a 500
"""

import re
import selectors
import socket
import time
import traceback
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from labsrv.kit.clock import Clock
from labsrv.kit.http.arrival import ARRIVALS, Arrival, answering
from labsrv.kit.http.traffic import RECORDED_BODY, Exchange, Pairs, Traffic, first

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Answer = tuple[str, list[tuple[str, str]], bytes]

JUPYTER_COOKIE = re.compile(r"\s*(?:_xsrf|username-[^=]*|jupyter[^=]*)\s*=", re.IGNORECASE)
PLAIN = [("Content-Type", "text/plain; charset=utf-8")]
LARGEST_BODY = 1024 * 1024  # bytes of a request
SENT_AT_ONCE = 16 * 1024  # bytes; a connection that has sent nothing but headers takes these without a reader
SORRY = "Something went wrong on our side. Please try again later.\n"


class Front:
    """The WSGI application that stands before the sites: routes by Host, records, and contains errors."""

    def __init__(self, clock: Clock, traffic: Traffic, report: Callable[[Exchange], None]):
        self.sites: dict[str, tuple[str, App]] = {}
        self.clock = clock
        self.traffic = traffic
        self.visits: set[Arrival] = set()
        traffic.listeners.append(lambda exchange: report(exchange) if exchange.error else None)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        known = self.sites.get(environ.get("HTTP_HOST", "").lower())

        if known is None:
            start_response("421 Misdirected Request", PLAIN)
            return [f"This lab answers to {', '.join(self.sites) or 'nobody yet'}.\n".encode()]

        drop_jupyter_cookies(environ)
        return self.record(*known, environ, start_response)

    def record(self, name: str, app: App, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Let the site answer, and keep what was said."""
        visit = self.receive(name, environ)
        try:
            said = read_body(environ)
            visit.known["request_body"] = said if said and len(said) <= RECORDED_BODY else b""
            environ.get("authlab.read", nobody_to_tell)()
            status, headers, body = self.answer(visit, app if said is not None else too_large, environ)
            environ.get("authlab.answers", nobody_to_tell)()
            write = start_response(status, announced(environ["REQUEST_METHOD"], status, headers, body))
        except BaseException:
            visit.leave()
            raise

        if not visit.awaited:
            self.send(body, write, environ["werkzeug.socket"], visit)
            return []

        # Its browser has the last word: it decides about the cookies.
        visit.leave()
        return [body]

    def receive(self, name: str, environ: Environ) -> Arrival:
        """Return the visit that begins, with what is known of it."""
        arrival = (environ.get("REMOTE_PORT"), int(environ["SERVER_PORT"]))
        visit = ARRIVALS.get(arrival) or visit_of_a_stranger(environ)  # type: ignore[arg-type]
        environ["REMOTE_ADDR"] = visit.address
        visit.known.update(
            who=visit.who,
            address=visit.address,
            after=self.traffic.newest,
            at=self.clock.now(),
            site=name,
            method=environ["REQUEST_METHOD"],
            url=f"http://{environ['HTTP_HOST']}{environ['REQUEST_URI']}",
            request_headers=headers_of(environ),
            cookies_sent=tuple(visit.sent),
        )
        self.visits.add(visit)
        visit.join(self.publish)
        return visit

    def answer(self, visit: Arrival, app: App, environ: Environ) -> Answer:
        """Return what the site answers; where it raises, what the visitor may see of that."""
        began = time.perf_counter()
        said: list[Any] = []

        try:
            with answering(visit):
                chunks = app(environ, lambda status, headers, exc_info=None: said.extend((status, headers)))
                body = b"".join(chunks)
            if hasattr(chunks, "close"):
                chunks.close()
            status, headers = said
            must_be_sendable(headers)
        except (Exception, SystemExit):
            visit.known["error"] = traceback.format_exc()
            status, headers, body = "500 Internal Server Error", PLAIN, SORRY.encode()

        visit.known.update(
            seconds=time.perf_counter() - began,
            status=int(status[:3]),
            response_headers=tuple(headers),
            response_body=body[:RECORDED_BODY],
        )
        return status, headers, body

    def send(self, body: bytes, write: Callable[[bytes], Any], connection: socket.socket, visit: Arrival) -> None:
        """Hand an answer to the socket and publish its exchange, also when the visitor turns out to be gone.

        Its end goes out and it is published in one step: whoever has the answer finds it in the traffic, and what they
        do next comes after it. That step must not wait for a slow reader.
        """
        try:
            if len(body) > SENT_AT_ONCE:
                write(body[:-1])
                body = body[-1:]
                wait_for_room(connection)
            with self.traffic.one_step():
                write(body)
                visit.leave()
        finally:
            visit.end()

    def publish(self, visit: Arrival) -> Exchange:
        """Return the exchange that a visit has come to, published."""
        self.visits.discard(visit)
        return self.traffic.publish(**visit.known)

    def stop(self) -> None:
        """Publish what is under way with what is known of it: nobody will be there to hear the rest."""
        for visit in tuple(self.visits):
            visit.end()
        self.traffic.tell()


def visit_of_a_stranger(environ: Environ) -> Arrival:
    """Return a visit in which nobody but the server takes part."""
    return Arrival(stranger(environ.get("HTTP_USER_AGENT", "")), environ["REMOTE_ADDR"], sides=0)


def read_body(environ: Environ) -> bytes | None:
    """Return a request's body, and put it back; return None, and read no more of it, where it is too large."""
    said = environ.get("CONTENT_LENGTH", "")
    length = int(said[:20]) if said.isdecimal() else 0
    if environ.get("wsgi.input_terminated"):
        length = LARGEST_BODY + 1  # it comes in chunks, and says when it ends
    elif length > LARGEST_BODY:
        return None

    body: bytes = environ["wsgi.input"].read(length) if length else b""
    environ["wsgi.input"] = BytesIO(body)
    return body if len(body) <= LARGEST_BODY else None


def too_large(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer in the place of a site that is not to read what came."""
    start_response("413 Content Too Large", PLAIN)
    return [f"A lab takes at most {LARGEST_BODY:,} bytes.\n".encode()]


def nobody_to_tell() -> None:
    """Stand where no server waits: a request was handed over in one piece."""


def announced(method: str, status: str, headers: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """Return headers that say how long the answer is (RFC 9110, 8.6): nothing follows the body's last byte."""
    said = any(first(headers, name) is not None for name in ("Content-Length", "Transfer-Encoding"))
    if said or method == "HEAD" or status[:3] in ("204", "304") or status.startswith("1"):
        return headers

    return [*headers, ("Content-Length", str(len(body)))]


def wait_for_room(connection: socket.socket) -> None:
    """Return when a byte can be sent without waiting for the reader, or the reader is gone."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_WRITE)
        selector.select()


def must_be_sendable(headers: list[tuple[str, str]]) -> None:
    """Raise `UnicodeEncodeError` for what HTTP has no bytes for (RFC 9110, 5.5): its visitor would wait for ever."""
    for name, value in headers:
        f"{name}: {value}".encode("latin-1")


def headers_of(environ: Environ) -> Pairs:
    """Return the request's headers with their usual spelling."""
    headers = [(key[5:].replace("_", "-").title(), value) for key, value in environ.items() if key.startswith("HTTP_")]
    for key, name in (("CONTENT_TYPE", "Content-Type"), ("CONTENT_LENGTH", "Content-Length")):
        if environ.get(key):
            headers.append((name, environ[key]))
    return tuple(headers)


def drop_jupyter_cookies(environ: Environ) -> None:
    """Take Jupyter's own cookies out of the request: a lab has no business with them."""
    header = environ.get("HTTP_COOKIE")
    if not header:
        return

    kept = [part for part in header.split(";") if not JUPYTER_COOKIE.match(part)]
    if kept:
        environ["HTTP_COOKIE"] = ";".join(kept).lstrip()
    else:
        del environ["HTTP_COOKIE"]


BROWSERS = {"Firefox/": "Firefox", "Edg/": "Edge", "Chrom": "Chromium", "Safari/": "Safari", "curl/": "curl"}


def stranger(user_agent: str) -> str:
    """Name a visitor that is none of the lab's browsers by what it says of itself."""
    if user_agent.startswith("Authlab-site/"):
        return user_agent.removeprefix("Authlab-site/") + " (server)"
    return next((name for mark, name in BROWSERS.items() if mark in user_agent), "somebody else")
