"""Mailboxes: what arrived for whom, oldest first. Letters and text messages are kept alike."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from labsrv.kit.errors import SaidPlainly

# One lab keeps this much in all: whoever floods a mailbox must not fill the machine.
MOST_KEPT = 5_000
MOST_BYTES = 64 * 1024 * 1024


class Undelivered(SaidPlainly):
    """The message was in order, but nobody took it; the message of this error says why."""


class Arrived(Protocol):
    """What mailboxes keep."""

    @property
    def to(self) -> str:
        """Return the address or number it came for."""

    @property
    def at(self) -> datetime:
        """Return when it came."""

    @property
    def size(self) -> int:
        """Return how many bytes it has."""


M = TypeVar("M", bound=Arrived)


class Mailboxes(Generic[M]):
    """Messages by address. `listeners` are called with each that arrives, by the thread that brought it."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[M], None]] = []
        self._kept: list[M] = []
        self._bytes = 0
        self._lock = threading.Lock()

    def keep(self, message: M) -> None:
        """Put a message into its mailbox, or raise `Undelivered` when there is no room for it."""
        with self._lock:
            if len(self._kept) >= MOST_KEPT or self._bytes + message.size > MOST_BYTES:
                raise Undelivered(f"The lab's mailboxes are full: they keep {MOST_KEPT:,} messages. Start it again.")
            self._kept.append(message)
            self._bytes += message.size
        for listen in tuple(self.listeners):
            listen(message)

    def of(self, address: str) -> list[M]:
        """Return the messages for an address, oldest first; capital letters make no other mailbox."""
        wanted = address.lower()
        with self._lock:
            return [each for each in self._kept if each.to.lower() == wanted]

    def last(self, address: str) -> M:
        """Return the newest message for an address, or raise `LookupError`."""
        found = self.of(address)
        if found:
            return found[-1]

        raise LookupError(f"Nothing has come for {address} yet.")

    def __len__(self) -> int:
        return len(self._kept)


def owned(of: Any, what: str) -> str:
    """Return the `email` or `phone` of a person or a browser's person, or a text as it is; raises `LookupError`."""
    owner = getattr(of, "person", of)
    found = owner if isinstance(owner, str) else getattr(owner, what, None)

    if isinstance(found, str):
        return found

    raise LookupError(f"{of!r} belongs to nobody who has one: {what}.")
