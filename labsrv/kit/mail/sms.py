"""Text messages: a pretend gateway, of the same shape as mail. Nothing is sent anywhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from labsrv.kit.clock import Clock
from labsrv.kit.mail.head import body, one_number
from labsrv.kit.mail.mailboxes import Mailboxes, owned
from labsrv.kit.mail.message import links_in

SENDER = "Tea shop"
# Ten parts of 153 letters, as gateways join them (3GPP TS 23.040, 9.2.3.24.1).
LONGEST = 1530


@dataclass(frozen=True)
class TextMessage:
    """A text message that arrived; `at` is when it came, aware, on the lab's clock."""

    to: str
    sender: str
    text: str
    at: datetime

    @property
    def links(self) -> list[str]:
        """Return the web addresses in the text."""
        return links_in(self.text)

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return len(self.text.encode())


class Sms:
    """A lab's text messages. `listeners` are called with each that arrives."""

    def __init__(self, clock: Clock, *, sender: str = SENDER):
        self.clock = clock
        self.sender = sender
        self.boxes: Mailboxes[TextMessage] = Mailboxes()
        self.listeners = self.boxes.listeners

    def send(self, number: str, text: str) -> None:
        """Send a text message.

        Raises `BadHeader` unless `number` is exactly one (E.164), `ValueError` for a text that can't be sent,
        `Undelivered` when the lab keeps no more.
        """
        if len(body(text)) > LONGEST:
            raise ValueError(f"A text message has at most {LONGEST:,} characters.")

        self.boxes.keep(TextMessage(one_number(number), self.sender, text, self.clock.now()))

    def inbox(self, of: Any) -> list[TextMessage]:
        """Return what came for somebody (a person, their browser, or a number), oldest first."""
        return self.boxes.of(owned(of, "phone"))

    def last(self, of: Any) -> TextMessage:
        """Return the newest text message for somebody, or raise `LookupError`."""
        return self.boxes.last(owned(of, "phone"))

    def __repr__(self) -> str:
        return f"<Sms: {len(self.boxes)} messages>"
