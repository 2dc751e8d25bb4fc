"""One errand of a browser, from the first request over every redirect to the answer: the Fetch Standard.

Network     sends an errand hop by hop; every hop leaves an `Exchange` with the decision about each cookie
Outcome     the last answer, and whether the page that asked may read it
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from werkzeug.datastructures import Headers

from labsrv.kit.addresses.urls import BadAddress, has_login, host_header, origin_of, same_origin, without_fragment
from labsrv.kit.cookies.jar import CookieJar, Sent, Stored
from labsrv.kit.fetch import cors, redirects
from labsrv.kit.fetch.cors import Blocked, Permissions
from labsrv.kit.fetch.errand import Errand
from labsrv.kit.fetch.frames import site_for_cookies
from labsrv.kit.fetch.headers import headers_of
from labsrv.kit.fetch.referrer import policy_of, referrer
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.http.transport import RawResponse, Request, Transport, Unreachable

Pairs = list[tuple[str, str]]

NO_COOKIES = "refused, because this request was made without credentials"


class NetworkError(Exception):
    """Nothing came of the errand; the message says why, `exchanges` how far it got."""

    def __init__(self, message: str, exchanges: list[Exchange], preflight: Exchange | None = None):
        super().__init__(message)
        self.exchanges = exchanges
        self.preflight = preflight


@dataclass
class Fetched:
    """The answer at the end of the way; `reason` is why the page may, or may not, read it."""

    errand: Errand
    status: int
    headers: Headers
    body: bytes
    reason: str


class Network:
    """A browser's way to the sites."""

    def __init__(self, who: str, address: str, transport: Transport, jar: CookieJar, now: Callable[[], float]):
        self.who = who
        self.agent = f"Authlab/{who}"
        self.address = address
        self.transport = transport
        self.jar = jar
        self.now = now
        self.permissions = Permissions(now)
        self.listeners: list[Callable[[Exchange], None]] = []

    def fetch(self, errand: Errand) -> Fetched:
        """Follow the errand to its end, or raise `NetworkError`."""
        try:
            while True:
                answer, reason = self.leg(errand)
                if not go_on(errand, answer):
                    return Fetched(errand, answer.status, answer.fields, answer.body, reason)
        except (Blocked, BadAddress, Unreachable) as error:
            raise NetworkError(str(error), errand.exchanges, errand.preflight) from error

    def leg(self, errand: Errand) -> tuple[RawResponse, str]:
        """Return the answer to the next request of the errand, and why the page may read it.

        Raises `Blocked`, `BadAddress` or `Unreachable`.
        """
        reason = self.tainted(errand)
        # What one hop was not told, no later one is: a stranger on the way cuts Referer down for good.
        errand.referrer = referrer(errand.policy, errand.referrer, errand.url)
        answer = self.hop(errand)
        return answer, must_be_allowed(errand, answer) if errand.kind == "cors" else reason

    def tainted(self, errand: Errand) -> str:
        """Decide of what kind the answer will be, and return why (Fetch, "main fetch")."""
        url, origin = errand.url, errand.source.origin

        if errand.mode == "navigate":
            return "readable, because it is a page of its own"
        if same_origin(url, origin) and errand.kind == "basic":
            return f"readable, because {origin} asked its own origin"
        if errand.mode == "same-origin":
            raise Blocked(f"mode same-origin does not leave {origin}, and {origin_of(url)} is another origin")
        if errand.mode == "no-cors":
            errand.kind = "opaque"
            return f"not readable, because mode no-cors shows nothing of {origin_of(url)} to {origin}"

        errand.kind = "cors"
        return ""

    def hop(self, errand: Errand) -> RawResponse:
        """Send one request of the errand, after a preflight if it needs one."""
        if errand.kind == "cors":
            self.ask_first(errand)

        url = without_fragment(errand.url)
        cookies = self.jar.cookies_for(
            url,
            method=errand.method,
            site_for_cookies=initiator(errand),
            top_level_navigation=errand.top_level,
            credentials=errand.with_cookies,
        )
        request = Request(errand.method, url, headers_of(errand, self.agent), errand.body)
        if value := self.jar.header(cookies):
            request.headers.append(("Cookie", value))

        answer, exchange = self.converse(request, cookies, partial(self.take, errand))
        errand.exchanges.append(exchange)
        self.tell(exchange)
        return answer

    def ask_first(self, errand: Errand) -> None:
        """Send the preflight that this request needs, or raise `Blocked` (Fetch, "CORS-preflight fetch")."""
        why = cors.needs_preflight(errand.method, errand.headers)
        unsafe = cors.unsafe_headers(errand.headers)
        place = errand.origin, without_fragment(errand.url)
        with_cookies = errand.credentials == "include"
        if why is None or self.permissions.cover(*place, errand.method, unsafe, with_cookies=with_cookies):
            return

        asked = [("Access-Control-Request-Method", errand.method)]
        if unsafe:
            asked.append(("Access-Control-Request-Headers", ",".join(unsafe)))
        request = Request("OPTIONS", place[1], headers_of(errand, self.agent, asked=asked))
        cookies = self.jar.cookies_for(
            place[1], method="OPTIONS", site_for_cookies=initiator(errand), credentials=False
        )
        answer, errand.preflight = self.converse(request, cookies)
        self.tell(errand.preflight)

        headers = answer.fields
        cors.must_agree(answer.status, headers, errand.origin, errand.method, unsafe, with_cookies=with_cookies)
        self.permissions.remember(*place, headers, with_cookies=with_cookies)

    def converse(
        self, request: Request, cookies: list[Sent], take: Callable[[str], Stored] | None = None
    ) -> tuple[RawResponse, Exchange]:
        """Send a request, let `take` decide about each cookie that comes, and return the answer with its exchange.

        The exchange is the server's note, published by now, or our own where it took none.
        """
        visit = Arrival(self.who, self.address, cookies)
        taken: list[Stored] = []
        try:
            answer = self.transport.send(request, visit)
            if take:
                for value in answer.fields.getlist("Set-Cookie"):
                    taken.append(take(value))
        finally:
            visit.leave(cookies_set=tuple(taken))

        return answer, visit.exchange or self.noted(request, answer, cookies, taken)

    def noted(self, request: Request, answer: RawResponse, sent: list[Sent], taken: list[Stored]) -> Exchange:
        """Return our own note of an exchange, which has no number."""
        return Exchange(
            number=0,
            who=self.who,
            address=self.address,
            at=datetime.fromtimestamp(self.now(), UTC),
            site=host_header(request.url).partition(".")[0],
            method=request.method,
            url=request.url,
            request_headers=tuple(request.headers),
            request_body=request.body,
            status=answer.status,
            response_headers=tuple(answer.headers),
            response_body=answer.body,
            cookies_sent=tuple(sent),
            cookies_set=tuple(taken),
        )

    def take(self, errand: Errand, set_cookie: str) -> Stored:
        """Let the jar decide about a Set-Cookie of this hop."""
        if not errand.with_cookies:
            return Stored(stored=False, cookie=None, reason=NO_COOKIES)

        return self.jar.receive(
            set_cookie,
            without_fragment(errand.url),
            site_for_cookies=initiator(errand),
            top_level_navigation=errand.top_level,
        )

    def tell(self, exchange: Exchange) -> None:
        """Tell who listens that an exchange has ended."""
        for listen in self.listeners:
            listen(exchange)


def go_on(errand: Errand, answer: RawResponse) -> bool:
    """Take the errand to where the answer redirects it; say whether it did (Fetch, "HTTP-redirect fetch")."""
    headers = answer.fields
    there = redirects.target(errand.url, answer.status, headers.get("Location"))

    if there is None:
        return False
    if not there.startswith(("http://", "https://")):
        raise Blocked(f"a redirect may lead to http and https only, and this one leads to {there}")
    if len(errand.urls) > redirects.MOST:
        raise Blocked(f"a browser gives up after {redirects.MOST} redirects; the last one led to {there}")
    stranger = errand.kind == "cors" or not same_origin(there, errand.source.origin)
    if errand.mode == "cors" and has_login(there) and stranger:
        raise Blocked("a redirect of a CORS request may not carry a user name and password")

    now_get = redirects.becomes_get(answer.status, errand.method)
    other_origin = not same_origin(there, origin_of(errand.url))
    errand.headers = redirects.kept_headers(errand.headers, now_get=now_get, other_origin=other_origin)
    if now_get:
        errand.method, errand.body = "GET", b""
    errand.policy = policy_of(headers.get("Referrer-Policy"), errand.policy)
    errand.urls.append(there)
    return True


def must_be_allowed(errand: Errand, answer: RawResponse) -> str:
    """Return why the answer is readable across origins, or raise `Blocked`."""
    try:
        with_cookies = errand.credentials == "include"
        return "readable, because " + cors.must_allow(answer.fields, errand.origin, with_cookies=with_cookies)
    except Blocked as why:
        raise Blocked(f"{why}; the request itself did arrive and was answered with {answer.status}") from None


def initiator(errand: Errand) -> str | None:
    """Return the site that SameSite compares with, on every hop; None for a typed address.

    Each redirect is judged by who began, not by the sites on the way. RFC 6265bis once wanted the whole chain to be
    same-site; browsers found that it broke too much, and the draft (5.2) and Chromium left it out. So a link on
    Mallory's page stays cross-site over the shop's own redirects: its Strict cookies stay at home at every hop.

    For a page in a frame the pages around it count too, unless its link fills the whole window.
    """
    return errand.source.url if errand.top_level else site_for_cookies(errand.source)
