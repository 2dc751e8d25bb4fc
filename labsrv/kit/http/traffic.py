"""The exchanges that a lab's server has had, whoever the visitor was."""

import itertools
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labsrv.kit.cookies.jar import Sent, Stored

KEPT = 10_000
RECORDED_BODY = 256 * 1024


@dataclass(slots=True)
class Exchange:
    """One request and its answer as the server saw them.

    `at` is the lab clock (aware, UTC); `cookies_sent` and `cookies_set` carry our own Browser's reasons and are empty
    for a real browser, of which the server knows only what came. Bodies are cut at 256 KiB. `error` is the traceback
    of a request that raised.
    """

    number: int
    who: str
    address: str
    at: datetime
    site: str
    method: str
    url: str
    request_headers: list[tuple[str, str]]
    request_body: bytes = b""
    status: int = 0
    response_headers: list[tuple[str, str]] = field(default_factory=list)
    response_body: bytes = b""
    cookies_sent: "list[Sent]" = field(default_factory=list)
    cookies_set: "list[Stored]" = field(default_factory=list)
    seconds: float = 0.0
    error: str | None = None

    def request_header(self, name: str) -> str | None:
        """Return the first request header of this name, in any case."""
        return first(self.request_headers, name)

    def response_header(self, name: str) -> str | None:
        """Return the first response header of this name, in any case."""
        return first(self.response_headers, name)

    def __repr__(self) -> str:
        return f"<Exchange {self.number}: {self.who} {self.method} {self.url} → {self.status}>"


def first(headers: list[tuple[str, str]], name: str) -> str | None:
    """Return the first value of a header, names compared without case (RFC 9110, 5.1)."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


class Traffic:
    """Every exchange in the order in which it came, the last `KEPT` of them."""

    def __init__(self) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self.numbers = itertools.count(1)
        self.listeners: list[Callable[[Exchange], None]] = []

    def add(self, exchange: Exchange) -> None:
        """Keep a finished exchange, and tell who listens."""
        self.exchanges.append(exchange)
        for tell in self.listeners:
            tell(exchange)

    @property
    def last(self) -> Exchange | None:
        """Return the newest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    def of(self, who: str) -> list[Exchange]:
        """Return one visitor's exchanges."""
        return [exchange for exchange in self if exchange.who == who]

    def clear(self) -> None:
        """Forget the exchanges; their numbers go on."""
        self.exchanges.clear()

    def __iter__(self) -> Iterator[Exchange]:
        return iter(list(self.exchanges))

    def __len__(self) -> int:
        return len(self.exchanges)

    def __getitem__(self, index: int) -> Exchange:
        return self.exchanges[index]

    def __repr__(self) -> str:
        return f"<Traffic: {len(self)} exchanges>"


def as_json(exchange: Exchange) -> str:
    """Return the exchange as one line of JSON; bytes that are no UTF-8 are shown with U+FFFD."""
    row: dict[str, Any] = {name: getattr(exchange, name) for name in Exchange.__slots__}
    row["at"] = exchange.at.isoformat()
    row["request_body"] = exchange.request_body.decode("utf-8", "replace")
    row["response_body"] = exchange.response_body.decode("utf-8", "replace")
    row["cookies_sent"] = [
        {"name": each.cookie.name, "sent": each.sent, "reason": each.reason} for each in exchange.cookies_sent
    ]
    row["cookies_set"] = [
        {"name": each.cookie.name if each.cookie else None, "stored": each.stored, "reason": each.reason}
        for each in exchange.cookies_set
    ]
    return json.dumps(row, ensure_ascii=False)
