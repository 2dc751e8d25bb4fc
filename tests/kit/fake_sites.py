"""Sites that need no server: a transport that answers from a table and keeps what it was asked."""

from collections.abc import Callable
from urllib.parse import urlsplit

from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import RawResponse, Request, Unreachable

SHOP = "http://shop.localhost:8000"
API = "http://api.shop.localhost:8000"
IDP = "http://idp.localhost:8000"
MALLORY = "http://mallory.localhost:8000"
NOON = 1_800_000_000.0

Pairs = list[tuple[str, str]]
Answer = RawResponse | Callable[[Request], RawResponse]


class FakeSites:
    """A transport over a table: "METHOD http://…/path", or the address alone for every method."""

    def __init__(self, answers: dict[str, Answer] | None = None):
        self.answers = answers or {}
        self.asked: list[Request] = []

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Answer as the table says; everything else is an empty page."""
        self.asked.append(request)
        if ".localhost" not in (urlsplit(request.url).hostname or "") and "example" not in request.url:
            raise Unreachable(f"{request.url} is outside the lab.")
        answer = next(
            (self.answers[key] for key in keys_of(request) if key in self.answers),
            html("<title>Tea</title>"),
        )
        return answer(request) if callable(answer) else answer

    @property
    def last(self) -> Request:
        """Return the last request."""
        return self.asked[-1]


def keys_of(request: Request) -> list[str]:
    """Return the table's keys that fit this request, the closest first."""
    place = request.url.partition("?")[0]
    whole = [request.url] if "?" in request.url else []
    return [*whole, f"{request.method} {place}", place]


class Time:
    """A clock that a test moves."""

    def __init__(self, at: float = NOON):
        self.at = at

    def __call__(self) -> float:
        return self.at


def browser(
    answers: dict[str, Answer] | None = None, now: Callable[[], float] | None = None
) -> tuple[Browser, FakeSites]:
    """Return Alice's browser and the sites it visits."""
    sites = FakeSites(answers)
    return Browser("alice", transport=sites, now=now or Time()), sites


def html(body: str, *headers: tuple[str, str], status: int = 200) -> RawResponse:
    """Return a page."""
    return RawResponse(status, "OK", [("Content-Type", "text/html; charset=utf-8"), *headers], body.encode())


def text(body: str = "", *headers: tuple[str, str], status: int = 200) -> RawResponse:
    """Return a plain answer."""
    return RawResponse(status, "OK", [("Content-Type", "text/plain"), *headers], body.encode())


def to(location: str, *headers: tuple[str, str], status: int = 302) -> RawResponse:
    """Return a redirect."""
    return RawResponse(status, "Found", [("Location", location), *headers], b"")


def header(request: Request, name: str) -> str | None:
    """Return a header of a request, None if it has none; fail if it is there twice."""
    values = [value for key, value in request.headers if key.lower() == name.lower()]
    assert len(values) < 2, f"{name} was sent {len(values)} times"
    return values[0] if values else None


HOME = html("<title>Home</title><a href=/tea>Tea</a><form action=/basket method=post><input name=tea></form>")
NO_STORE = html("<title>Private</title>", ("Cache-Control", "no-store"))


def at_home() -> tuple[Browser, FakeSites]:
    """Return Alice's browser at the shop's home page, and the sites."""
    alice, sites = browser(
        {f"{SHOP}/": HOME, f"{SHOP}/moved": to("/tea"), f"{SHOP}/nothing": html("", status=204), f"{SHOP}/no": NO_STORE}
    )
    alice.navigate(SHOP)
    return alice, sites
