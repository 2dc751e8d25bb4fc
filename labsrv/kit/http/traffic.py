"""The exchanges that a lab's server has had, whoever the visitor was.

An exchange is published when nobody has anything to add to it: one of a lab's own browser when its jar has decided, any
other when the answer has been sent, and one that broke off when it was given up. Only then does it get its number: they
count in the order in which exchanges ended, which is the order of the traffic and the order in which listeners hear.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from labsrv.kit.lifetime import Lifetime

if TYPE_CHECKING:
    from labsrv.kit.cookies.jar import Sent, Stored

KEPT = 10_000
RECORDED_BODY = 256 * 1024

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as the server saw them.

    `at` is the lab clock (aware, UTC) when it began, `after` the number of the last exchange that had ended by then.
    `cookies_sent` and `cookies_set` carry our own Browser's reasons and are empty for a real browser, of which the
    server knows only what came. Bodies are cut at 256 KiB. `error` is the traceback of a request that raised; `status`
    is 0 where there was no answer.
    """

    number: int
    who: str
    address: str
    at: datetime
    site: str
    method: str
    url: str
    request_headers: Pairs
    request_body: bytes = b""
    status: int = 0
    response_headers: Pairs = ()
    response_body: bytes = b""
    cookies_sent: "tuple[Sent, ...]" = ()
    cookies_set: "tuple[Stored, ...]" = ()
    seconds: float = 0.0
    error: str | None = None
    after: int = 0

    def request_header(self, name: str) -> str | None:
        """Return the first request header of this name, in any case."""
        return first(self.request_headers, name)

    def response_header(self, name: str) -> str | None:
        """Return the first response header of this name, in any case."""
        return first(self.response_headers, name)

    def __repr__(self) -> str:
        return f"<Exchange {self.number}: {self.who} {self.method} {self.url} → {self.status}>"


def first(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the first value of a header, names compared without case (RFC 9110, 5.1)."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


class Traffic:
    """Every exchange in the order in which it ended, the last `KEPT` of them; `newest` is the last number given.

    `listeners` are called with each, in this order and one call at a time. A browser of the lab has its answer after
    that, everybody else before.
    """

    lifetime: Lifetime | None = None  # that of the lab whose traffic it is

    def __init__(self) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self.newest = 0
        self.listeners: list[Callable[[Exchange], None]] = []
        self.lock = threading.RLock()
        self.depth = 0
        self.untold: deque[Exchange] = deque()
        self.telling = threading.RLock()
        self.speaking = False

    def publish(self, **known: Any) -> Exchange:
        """Make an exchange of all that is known of it, keep it, and tell who listens."""
        with self.one_step():
            exchange = Exchange(number=self.newest + 1, **known)
            self.add(exchange)
        return exchange

    def add(self, exchange: Exchange) -> None:
        """Keep an exchange that has its number, and tell who listens."""
        with self.one_step():
            self.newest = exchange.number
            self.exchanges.append(exchange)
            self.untold.append(exchange)

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Let readers see all of what is done here or nothing, and listeners hear of it afterwards."""
        with self.lock:
            self.depth += 1
            try:
                yield
            finally:
                self.depth -= 1
                over = self.depth == 0
        if over:
            self.tell()

    def tell(self) -> None:
        """Tell who listens of what they have not heard; a listener's own requests have to wait for their turn."""
        with self.telling:
            if self.speaking:
                return
            self.speaking = True
            try:
                while self.untold:
                    exchange = self.untold.popleft()
                    for listen in tuple(self.listeners):
                        listen(exchange)
            finally:
                self.speaking = False

    @property
    def last(self) -> Exchange | None:
        """Return the newest exchange."""
        with self.lock:
            return self.exchanges[-1] if self.exchanges else None

    def of(self, who: str) -> list[Exchange]:
        """Return one visitor's exchanges."""
        return [exchange for exchange in self if exchange.who == who]

    def clear(self) -> None:
        """Forget the exchanges; their numbers go on."""
        with self.lock:
            self.exchanges.clear()

    def __iter__(self) -> Iterator[Exchange]:
        with self.lock:
            return iter(list(self.exchanges))

    def __len__(self) -> int:
        with self.lock:
            return len(self.exchanges)

    def __getitem__(self, index: int) -> Exchange:
        with self.lock:
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
