"""A visit on its way, out of band: who is asking, and what each side knows of the exchange.

A transport writes the `Arrival` into `ARRIVALS` under the port that it connects from, and the server looks there: no
header can claim to be Alice.

browser ── the visit: who, and the cookies ──▶ server
        ◀── the answer ──── what it has heard ───      the server leaves the visit
        ── what its jar has decided ──▶ Exchange       the browser leaves it as the last, and it is published
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labsrv.kit.cookies.jar import Sent
    from labsrv.kit.http.traffic import Exchange


@dataclass(eq=False)
class Arrival:
    """Who is asking, out of band, and what is `known` of the exchange so far. Nobody else sees it before it is whole.

    Browser and server add what they know and leave; whoever leaves last publishes the `exchange`. It stays None where
    no server has joined. `between` puts something before the transport by which a site asks others while it answers
    this visit.
    """

    who: str
    address: str
    sent: "list[Sent]" = field(default_factory=list)
    sides: int = 1
    known: dict[str, Any] = field(default_factory=dict, repr=False)
    publish: "Callable[[Arrival], Exchange] | None" = None
    exchange: "Exchange | None" = None
    between: Callable[[Any], Any] | None = field(default=None, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def join(self, publish: "Callable[[Arrival], Exchange]") -> None:
        """Take part as the server, even when the browser has given up already."""
        with self.lock:
            self.publish = publish
            self.sides += 1

    @property
    def awaited(self) -> bool:
        """Say whether more than one side has still to leave."""
        return self.sides > 1

    def leave(self, **known: Any) -> None:
        """Add what one side knows, and publish if no other is left."""
        with self.lock:
            self.known.update(known)
            self.sides -= 1
            publish = self.publish if self.sides == 0 else None
        if publish:
            self.exchange = publish(self)

    def end(self) -> None:
        """Leave for everybody: what is not known by now will never be."""
        while self.sides > 0:
            self.leave()


# (the visitor's port, the server's port) → the visit on its way
ARRIVALS: dict[tuple[int, int], Arrival] = {}

ANSWERED: ContextVar[Arrival | None] = ContextVar("the visit that a site answers in this thread", default=None)


@contextmanager
def answering(visit: Arrival) -> Iterator[None]:
    """Let whoever asks in this thread know which visit is being answered."""
    before = ANSWERED.set(visit)
    try:
        yield
    finally:
        ANSWERED.reset(before)


def carried_for(transport: Any) -> Any:
    """Return the transport for what a site asks others, or what the visitor whom it answers has put before it."""
    visit = ANSWERED.get()
    return visit.between(transport) if visit and visit.between else transport
