"""What a browser sets out to get, for whom, and the way it has come so far (Fetch calls it a request)."""

from dataclasses import dataclass, field
from typing import Literal

from labsrv.kit.addresses.urls import OPAQUE, origin_of
from labsrv.kit.fetch import redirects
from labsrv.kit.fetch.referrer import DEFAULT
from labsrv.kit.http.traffic import Exchange

Mode = Literal["navigate", "cors", "no-cors", "same-origin"]
Credentials = Literal["omit", "same-origin", "include"]
Kind = Literal["basic", "cors", "opaque", "error"]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Source:
    """Where a request comes from: a page, an origin, or (all None) a person who typed the address."""

    url: str | None = None
    policy: str = DEFAULT

    @property
    def origin(self) -> str:
        """Return the origin as the Origin header writes it."""
        return origin_of(self.url) if self.url else OPAQUE


TYPED = Source()


@dataclass
class Errand:
    """What a browser sets out to get. `urls` is the way so far (Fetch calls it the URL list)."""

    urls: list[str]
    source: Source
    mode: Mode
    destination: str
    method: str = "GET"
    headers: Pairs = field(default_factory=list)
    body: bytes = b""
    credentials: Credentials = "include"
    by_hand: bool = False
    kind: Kind = "basic"
    policy: str = field(init=False)
    referrer: str | None = field(init=False)
    exchanges: list[Exchange] = field(default_factory=list)
    preflight: Exchange | None = None

    def __post_init__(self) -> None:
        self.policy = self.source.policy
        self.referrer = self.source.url

    @property
    def url(self) -> str:
        """Return the address whose turn it is."""
        return self.urls[-1]

    @property
    def top_level(self) -> bool:
        """Return whether the whole page is to change, not a frame in it."""
        return self.destination == "document"

    @property
    def with_cookies(self) -> bool:
        """Return whether cookies go along and are taken (Fetch: includeCredentials)."""
        return self.credentials == "include" or (self.credentials == "same-origin" and self.kind == "basic")

    @property
    def origin(self) -> str:
        """Return what the Origin header would say: "null" once the way led through a stranger.

        Without CORS Chromium is stricter than Fetch: every redirect to another origin makes it null.
        """
        tainted = redirects.taints_origin(self.urls, self.source.origin)
        crossed = self.kind != "cors" and redirects.crosses_origins(self.urls)
        return OPAQUE if tainted or crossed else self.source.origin

    def again(self) -> "Errand":
        """Return the last step of this errand, to be taken once more for the same reason."""
        return Errand(
            [self.url],
            self.source,
            self.mode,
            self.destination,
            method=self.method,
            headers=self.headers,
            body=self.body,
            by_hand=True,
        )
