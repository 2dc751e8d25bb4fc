"""One server per lab, on loopback, for all of the lab's sites.

browser ──Host: shop.localhost:PORT──▶ Front ──▶ the site of that name ──▶ answer
                                         │
                                         ├─ another Host: 421, no site sees it   (DNS rebinding)
                                         ├─ Jupyter's cookies: dropped by name   (ports do not isolate cookies)
                                         ├─ the exchange: recorded
                                         └─ a site that raises: the learner sees the traceback, the visitor a 500
"""

import contextlib
import re
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from labsrv.kit.clock import Clock
from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.traffic import RECORDED_BODY, Exchange, Traffic
from labsrv.kit.http.transport import ARRIVALS, LOOPBACK

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

JUPYTER_COOKIE = re.compile(r"\s*(?:_xsrf|username-[^=]*|jupyter[^=]*)\s*=", re.IGNORECASE)
PLAIN = [("Content-Type", "text/plain; charset=utf-8")]
SORRY = "Something went wrong on our side. Please try again later.\n"


class PortTaken(SaidPlainly):
    """Somebody else listens on the port that was asked for."""


class QuietRequests(WSGIRequestHandler):
    """Answer without a line per request on the learner's screen: the traffic has them all."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass

    def version_string(self) -> str:
        return "Authlab"


class Front:
    """The WSGI application that stands before the sites: routes by Host, records, and contains errors."""

    def __init__(self, clock: Clock, traffic: Traffic, report: Callable[[Exchange], None]):
        self.sites: dict[str, tuple[str, App]] = {}
        self.clock = clock
        self.traffic = traffic
        self.report = report

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        known = self.sites.get(environ.get("HTTP_HOST", "").lower())

        if known is None:
            start_response("421 Misdirected Request", PLAIN)
            return [f"This lab answers to {', '.join(self.sites) or 'nobody yet'}.\n".encode()]

        drop_jupyter_cookies(environ)
        return self.record(*known, environ, start_response)

    def record(self, name: str, app: App, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Let the site answer, and keep what was said."""
        exchange = self.arriving(name, environ)
        began = time.perf_counter()
        answer: list[Any] = []

        try:
            chunks = app(environ, lambda status, headers, exc_info=None: answer.extend((status, headers)))
            body = b"".join(chunks)
            if hasattr(chunks, "close"):
                chunks.close()
            status, headers = answer
            must_be_sendable(headers)
        except Exception:
            exchange.error = traceback.format_exc()
            status, headers, body = "500 Internal Server Error", PLAIN, SORRY.encode()

        exchange.seconds = time.perf_counter() - began
        exchange.status = int(status[:3])
        exchange.response_headers = list(headers)
        exchange.response_body = body[:RECORDED_BODY]
        self.traffic.add(exchange)
        if exchange.error:
            self.report(exchange)

        start_response(status, headers)
        return [body]

    def arriving(self, name: str, environ: Environ) -> Exchange:
        """Return the exchange that begins, with its visitor; the body is read and put back."""
        arrival = (environ.get("REMOTE_PORT"), int(environ["SERVER_PORT"]))
        visit = ARRIVALS.get(arrival)  # type: ignore[arg-type]
        said = environ.get("CONTENT_LENGTH", "")
        length = int(said) if said.isdecimal() else 0
        body = b""
        if 0 < length <= RECORDED_BODY:
            body = environ["wsgi.input"].read(length)
            environ["wsgi.input"] = BytesIO(body)
        if visit:
            environ["REMOTE_ADDR"] = visit.address

        exchange = Exchange(
            number=next(self.traffic.numbers),
            who=visit.who if visit else stranger(environ.get("HTTP_USER_AGENT", "")),
            address=environ["REMOTE_ADDR"],
            at=self.clock.now(),
            site=name,
            method=environ["REQUEST_METHOD"],
            url=f"http://{environ['HTTP_HOST']}{environ['REQUEST_URI']}",
            request_headers=headers_of(environ),
            request_body=body,
        )
        if visit:
            visit.exchange = exchange
            exchange.cookies_sent = visit.sent
        return exchange


def must_be_sendable(headers: list[tuple[str, str]]) -> None:
    """Raise `UnicodeEncodeError` for what HTTP has no bytes for (RFC 9110, 5.5): its visitor would wait for ever."""
    for name, value in headers:
        f"{name}: {value}".encode("latin-1")


class Server:
    """A `Front` listening on 127.0.0.1 in a thread of its own."""

    def __init__(self, front: Front, port: int = 0):
        if port:
            must_be_free(port)
        self.front = front
        self.werkzeug: BaseWSGIServer = make_server(LOOPBACK, port, front, threaded=True, request_handler=QuietRequests)
        self.port: int = self.werkzeug.server_port
        self.thread = threading.Thread(target=self.serve, name=f"lab server on port {self.port}", daemon=True)
        self.thread.start()

    def serve(self) -> None:
        """Answer until `stop`."""
        self.werkzeug.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        """Stop listening and give the port back."""
        ender = threading.Thread(target=self.werkzeug.shutdown)
        ender.start()
        # The server looks up between two requests: give it one.
        with contextlib.suppress(OSError):
            socket.create_connection((LOOPBACK, self.port), timeout=0.1).close()
        ender.join()
        self.thread.join()
        self.werkzeug.server_close()


def must_be_free(port: int) -> None:
    """Raise `PortTaken` if somebody listens there already."""
    probe = socket.socket()
    if sys.platform != "win32":  # there it would let two listen on one port
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((LOOPBACK, port))
    except OSError as error:
        raise PortTaken(
            f"Port {port} is taken: stop what listens there, or leave the port out to get a free one."
        ) from error
    finally:
        probe.close()


def headers_of(environ: Environ) -> list[tuple[str, str]]:
    """Return the request's headers with their usual spelling."""
    headers = [(key[5:].replace("_", "-").title(), value) for key, value in environ.items() if key.startswith("HTTP_")]
    for key, name in (("CONTENT_TYPE", "Content-Type"), ("CONTENT_LENGTH", "Content-Length")):
        if environ.get(key):
            headers.append((name, environ[key]))
    return headers


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
