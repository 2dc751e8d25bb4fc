"""Sites that two browsers visit in turn: they answer as each try says, and note what they were told.

/7/0, /7/1 …      the stops on the way of try 7, on whatever host
everything else   the page that is set at the moment; what was told there is kept under ELSEWHERE
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

HEADERS = (
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Dest",
    "Sec-Fetch-User",
    "Origin",
    "Referer",
    "Access-Control-Request-Method",
    "Access-Control-Request-Headers",
    "Content-Type",
    "Authorization",
    "X-Tea",
)

ELSEWHERE = ""
# Every form of several parts draws its own.
BOUNDARY = re.compile("boundary=.*")

Pairs = list[tuple[str, str]]
Told = dict[str, str]


@dataclass
class Stop:
    """One stop on the way: a site, and what it answers. `{origin}` in a header is whoever asks.

    A stop with one behind it redirects there with its `status`. `agrees` answers a preflight (None: the same headers).
    """

    host: str
    status: int = 200
    headers: Pairs = field(default_factory=list)
    body: str = "<p>tea"
    agrees: "Stop | None" = None


class Sites:
    """One server for every `*.localhost` name."""

    def __init__(self) -> None:
        self.ways: dict[str, list[Stop]] = {}
        self.told: dict[str, list[Told]] = {}
        self.page = Stop("")
        self.arrived = threading.Condition()
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True, request_handler=Quiet)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, host: str, path: str = "") -> str:
        """Return an address of this server."""
        return f"http://{host}.localhost:{self.port}/{path}"

    def start(self, way: list[Stop]) -> tuple[str, str]:
        """Take in the way of a new try; return its number, and the address where it begins."""
        number = str(len(self.ways))
        self.ways[number] = way
        return number, self.url(way[0].host, f"{number}/0")

    def take(self, number: str, stops: int = 0) -> list[Told]:
        """Return what the sites were told in this try, and forget it; wait until so many stops were reached."""
        with self.arrived:
            self.arrived.wait_for(lambda: len(reached(self.told.get(number, []))) >= stops, timeout=10)
            return self.told.pop(number, [])

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer one request."""
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        number, _, place = environ["PATH_INFO"][1:].partition("/")
        way = self.ways.get(number)
        if environ["PATH_INFO"] == "/favicon.ico":  # Chromium's own wish, at a time of its own
            return said(Stop("", 404), environ, start_response)
        if way is None:
            self.note(ELSEWHERE, told(environ, environ["PATH_INFO"]))
            return said(self.page, environ, start_response)

        self.note(number, told(environ, place))
        step = int(place)
        stop = way[step]
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return said(stop.agrees or Stop("", 204, stop.headers), environ, start_response)
        onward = [("Location", self.url(way[step + 1].host, f"{number}/{step + 1}"))] if step + 1 < len(way) else []
        return said(stop, environ, start_response, onward)

    def note(self, number: str, what: Told) -> None:
        """Keep what was told, and wake who waits for it."""
        with self.arrived:
            self.told.setdefault(number, []).append(what)
            self.arrived.notify_all()


class Quiet(WSGIRequestHandler):
    """Log nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[Sites]:
    """Yield sites that are open until the end."""
    sites = Sites()
    yield sites
    sites.server.shutdown()
    sites.server.server_close()


def told(environ: dict[str, Any], stop: str) -> Told:
    """Return what a request says."""
    found = {name: environ.get("HTTP_" + name.upper().replace("-", "_"), "-") for name in HEADERS}
    found["Content-Type"] = BOUNDARY.sub("", environ.get("CONTENT_TYPE") or "-")
    found["Cookie"] = environ.get("HTTP_COOKIE", "")
    host = environ["HTTP_HOST"].partition(":")[0].removesuffix(".localhost")
    return {**found, "request": f"{environ['REQUEST_METHOD']} {host}", "stop": stop}


def reached(told: list[Told]) -> set[str]:
    """Return the stops that were asked for, preflights aside."""
    return {each["stop"] for each in told if not each["request"].startswith("OPTIONS")}


def said(
    stop: Stop, environ: dict[str, Any], start_response: Callable[..., Any], more: Pairs | None = None
) -> list[bytes]:
    """Send a stop's answer."""
    origin = environ.get("HTTP_ORIGIN", "*")
    headers = [(name, value.replace("{origin}", origin)) for name, value in stop.headers] + (more or [])
    if not any(name == "Content-Type" for name, _ in headers):
        headers.append(("Content-Type", "text/html; charset=utf-8"))
    start_response(f"{stop.status} X", [*headers, ("Cache-Control", "no-store")])
    return [] if stop.status == 204 else [stop.body.encode()]
