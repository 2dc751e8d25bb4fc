"""Requests that a site makes itself, carried for it: the site's process has no sockets, and the lab has its neighbours.

site's process ──"send": method, address, headers, body──▶ SiteRequests ──▶ a neighbour, as its visitor `shop (server)`
               ◀──────── status, headers, body ──────────      │
                                                               └─ any other address: `ValueError`, and nothing is sent
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import LOOPBACK, Request, Transport

METHODS = ("GET", "POST")
# What a server says to another one. No cookies: they are a browser's.
HEADERS = ("accept", "authorization", "content-type", "dpop")
# Who is asking, and whom, is said here and not by the site.
SAID_HERE = ("host", "user-agent")
LONGEST_LINE = 8 << 10
LARGEST_SENT = 64 << 10
LARGEST_RECEIVED = 256 << 10
MOST_REQUESTS = 500  # in a check; an honest shop makes four for each login


class HasOrigin(Protocol):
    """A site, as far as it is asked here."""

    @property
    def origin(self) -> str:
        """Return scheme, host and port."""


class SiteRequests:
    """Carries requests of one site to the other sites of its lab, and nowhere else: it cannot ask itself either."""

    def __init__(
        self,
        asker: str,
        sites: Mapping[str, HasOrigin],
        transport: Callable[[], Transport],
        most: float = MOST_REQUESTS,
    ):
        self.asker = asker
        self.sites = sites
        self.transport = transport
        self.left = most
        self.lock = threading.Lock()

    def send(self, method: str, url: str, headers: list[list[str]], body: bytes) -> dict[str, Any]:
        """Return a neighbour's answer, as plain values; raises `Unreachable`, or `ValueError` for what is not allowed.

        The other side is untrusted: whatever it asks for is compared with a list.
        """
        self.judge(method, url, body)
        said = self.judged(headers)
        self.count()

        request = Request(method, url, [("Host", urlsplit(url).netloc), *said], body)
        visit = Arrival(f"{self.asker} (server)", LOOPBACK)
        try:
            answer = self.transport().send(request, visit)
        finally:
            visit.end()

        if len(answer.body) <= LARGEST_RECEIVED:
            read = {"status": answer.status, "reason": answer.reason, "body": answer.body}
            return read | {"headers": [list(each) for each in answer.headers]}
        raise ValueError(f"The answer has more than {LARGEST_RECEIVED:,} bytes.")

    def judge(self, method: str, url: str, body: bytes) -> None:
        """Raise `ValueError` for a request that no site has to make."""
        if method not in METHODS:
            raise ValueError(f"A site asks by {' or '.join(METHODS)}.")
        if not isinstance(url, str) or len(url) > LONGEST_LINE or not self.is_neighbours(url):
            raise ValueError("That is no address of another site of this lab.")
        if not isinstance(body, bytes) or len(body) > LARGEST_SENT:
            raise ValueError(f"A request has at most {LARGEST_SENT:,} bytes.")

    def is_neighbours(self, url: str) -> bool:
        """Return whether an address begins with the origin of another site, and goes on with a path."""
        return any(url.startswith(f"{site.origin}/") for name, site in self.sites.items() if name != self.asker)

    def judged(self, headers: list[list[str]]) -> list[tuple[str, str]]:
        """Return the headers to send; raises `ValueError` for one that is no server's to send."""
        said = [("User-Agent", f"Authlab-site/{self.asker}")]
        for name, value in headers:
            if str(name).lower() in SAID_HERE:
                continue
            if str(name).lower() not in HEADERS or not isinstance(value, str) or len(value) > LONGEST_LINE:
                raise ValueError(f"A site sends {', '.join(HEADERS)}, and no other header.")
            said.append((name, value))
        return said

    def count(self) -> None:
        """Count a request; raises `ValueError` for one too many."""
        with self.lock:
            self.left -= 1
            if self.left < 0:
                raise ValueError("That is one request too many for a single check.")
