"""Mail: a site sends it, and whoever it is for can read it.

    lab.mail.send("alice@post.localhost", "Your link", "Here it is: http://shop.localhost:…")
    lab.mail.last(lab.alice).links

Where a lab listens, mail goes over real SMTP: to a catcher of the lab's own on loopback, or to the server that
`AUTHLAB_SMTP_URL` names. A check's lab has no sockets: there the same bytes go into the mailbox directly.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from labsrv.kit.clock import Clock
from labsrv.kit.lifetime import Lifetime
from labsrv.kit.mail.mailboxes import Mailboxes, owned
from labsrv.kit.mail.message import Message, compose, parse_address, understood
from labsrv.kit.mail.route import Route, configured_route

if TYPE_CHECKING:
    from labsrv.kit.mail.catcher import Catcher

SENDER = "The tea shop <shop@post.localhost>"

# Carries bytes from an address to an address.
Carry = Callable[[str, str, bytes], None]


class Mail:
    """A lab's mail. `listeners` are called with each message that arrives."""

    lifetime: Lifetime | None = None  # that of the lab whose mail it is

    def __init__(self, clock: Clock, *, over_smtp: bool = True, sender: str = SENDER):
        """Make a post office without mail. `over_smtp=False` opens no socket, ever."""
        self.clock = clock
        self.sender = sender
        self.over_smtp = over_smtp
        self.boxes: Mailboxes[Message] = Mailboxes()
        self.listeners = self.boxes.listeners
        self._from = parse_address(sender).addr_spec
        self._lock = threading.Lock()
        self._catcher: Catcher | None = None

    def send(self, to: str, subject: str, text: str, *, html: str | None = None) -> None:
        """Send a message, and return when it was taken.

        Raises `BadHeader` unless `to` is exactly one address and the subject one line, `ValueError` for a text that
        mail can't carry, `Undelivered` when no server took it.
        """
        raw = compose(self.sender, to, subject, text, html, self.clock.now())
        outside = self.outside
        if not self.over_smtp:
            self.deliver(self._from, to, raw)
        elif outside is None:
            self.catcher().route.carry(self._from, to, raw)
        else:
            # Their mailboxes can't be read from here: the lab keeps a copy of what it sent.
            outside.carry(self._from, to, raw)
            self.deliver(self._from, to, raw)

    def inbox(self, of: Any) -> list[Message]:
        """Return what came for somebody (a person, their browser, or an address), oldest first."""
        return self.boxes.of(owned(of, "email"))

    def last(self, of: Any) -> Message:
        """Return the newest message for somebody, or raise `LookupError`."""
        return self.boxes.last(owned(of, "email"))

    @property
    def outside(self) -> Route | None:
        """Return the way to the server that `AUTHLAB_SMTP_URL` names, or None: then no mail leaves the lab."""
        return configured_route() if self.over_smtp else None

    def catcher(self) -> "Catcher":
        """Return the lab's own mail server, started on first use."""
        # Imported when it is needed: no check ever needs it.
        from labsrv.kit.mail.catcher import Catcher

        with self._lock:
            if self._catcher is None:
                self._catcher = Catcher(self.deliver)
            return self._catcher

    def deliver(self, sender: str, to: str, raw: bytes) -> None:
        """Put bytes that arrived into a mailbox."""
        self.boxes.keep(understood(raw, to, sender, self.clock.now()))

    def close(self) -> None:
        """Stop the mail server; what arrived can still be read."""
        with self._lock:
            catcher, self._catcher = self._catcher, None
        if catcher:
            catcher.stop()

    def __repr__(self) -> str:
        return f"<Mail: {len(self.boxes)} messages>"
