"""What a site asks its lab for: the database, the clock, the password hasher, mail, addresses, other sites.

In a notebook these are plain objects in the kernel. When the site runs in a process of its own, they stay with whoever
started it, and the site reaches them over a pipe, as it would reach a database over a socket:

    parent                                        the site's process
    Peer.over(socket, serve_services(lab))  ◀──▶  Peer.over(socket, serve_clock())     kit/pipe/served.py
    forward_time(lab.clock, peer)                 RemoteServices(peer).db, .clock, …   kit/pipe/remote.py
"""

from typing import Protocol

from labsrv.kit.clock import Clock
from labsrv.kit.http.transport import Transport
from labsrv.kit.passwords import Hasher
from labsrv.kit.store import Store


class SendsMail(Protocol):
    """What a site may do with mail: send it. Only whoever it is for reads it."""

    def send(self, to: str, subject: str, text: str, *, html: str | None = None) -> None:
        """Send a message to exactly one address; raises `BadHeader`, `ValueError` or `Undelivered`."""


class SendsTexts(Protocol):
    """What a site may do with text messages."""

    def send(self, number: str, text: str) -> None:
        """Send a text message to exactly one number; raises `BadHeader`, `ValueError` or `Undelivered`."""


class Services(Protocol):
    """What a site is built over. A `Lab` is one, and so is `RemoteServices`."""

    db: Store
    clock: Clock
    hasher: Hasher

    @property
    def mail(self) -> SendsMail:
        """Return what sends mail."""

    @property
    def sms(self) -> SendsTexts:
        """Return what sends text messages."""

    def url(self, site: str, path: str = "/") -> str:
        """Return an absolute URL on one of the lab's sites."""

    def transport(self) -> Transport:
        """Return what carries requests to the lab's sites."""
