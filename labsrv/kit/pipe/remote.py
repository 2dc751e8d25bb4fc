"""The end of a pipe where the site is: the services, as if they were here."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from labsrv.kit.clock import Clock
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import RawResponse, Request
from labsrv.kit.passwords import Hasher, argon2id
from labsrv.kit.pipe.peer import Gone, Peer
from labsrv.kit.store import Store


class Caller(Protocol):
    """Whoever carries calls to the other end: a `Peer`, or a `Line` to one."""

    def call(self, do: str, /, timeout: float | None = None, **args: Any) -> Any:
        """Return what the other side's `do` returns."""


class Line:
    """Calls that go to whichever peer is connected: a site may be built over a line that leads nowhere yet."""

    peer: Peer | None = None

    def call(self, do: str, /, timeout: float | None = None, **args: Any) -> Any:
        """Return what the peer's `do` returns; raises `Gone` while there is no peer."""
        if self.peer:
            return self.peer.call(do, timeout, **args)

        raise Gone(f"Nobody is there yet to be asked for {do}.")


class RemoteServices:
    """The services at the other end of a pipe."""

    def __init__(self, peer: Caller):
        self.peer = peer
        self.db = RemoteStore(peer)
        self.clock = RemoteClock(peer)
        self.hasher = RemoteHasher(peer)
        self.mail = RemoteMail(peer)
        self.sms = RemoteSms(peer)

    def url(self, site: str, path: str = "/") -> str:
        """Return an absolute URL on one of the lab's sites."""
        return str(self.peer.call("url", site=site, path=path))

    def transport(self) -> "RemoteTransport":
        """Return what carries the site's own requests to its neighbours."""
        return RemoteTransport(self.peer)


class RemoteTransport:
    """A transport at the other end of a pipe, which reaches the other sites of the lab, where that is served."""

    def __init__(self, peer: Caller):
        self._peer = peer

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Return a site's answer; raises `Unreachable`, or `ValueError` for what is not allowed.

        Who is asking is known at the other end: the visit stays here.
        """
        headers = [list(each) for each in request.headers]
        answer = self._peer.call("send", method=request.method, url=request.url, headers=headers, body=request.body)
        pairs = [(name, value) for name, value in answer["headers"]]
        return RawResponse(answer["status"], answer["reason"], pairs, answer["body"])


class RemoteStore(Store):
    """A store at the other end of a pipe. Gates and holds are armed at the end where the store is."""

    def __init__(self, peer: Caller):
        self._peer = peer

    @property
    def where(self) -> str:  # type: ignore[override]
        """Return what keeps the documents, in a few words."""
        return str(self._peer.call("store.where"))

    def run(self, collection: str, operation: str, *args: Any, **options: Any) -> Any:
        """Have an operation of `OPERATIONS` carried out at the other end."""
        return self._peer.call("store.run", collection=collection, operation=operation, args=args, options=options)

    def collections(self) -> list[str]:
        """Return the names of the collections, sorted."""
        return list(self._peer.call("store.collections"))

    def clear(self) -> None:
        """Remove every collection."""
        self._peer.call("store.clear")

    def close(self) -> None:
        """Do nothing: the database belongs to the other end."""

    def gate(self, collection: str, **settings: Any) -> Any:
        """Raise `RuntimeError`: a gate stands where the store is."""
        raise RuntimeError("Arm gates and holds in the process that has the store.")

    hold = in_turn = gate

    def __repr__(self) -> str:
        return "<Store at the other end of a pipe>"


class RemoteClock(Clock):
    """A clock at the other end of a pipe. It shows this process's time, which the other end moves (`forward_time`)."""

    def __init__(self, peer: Caller):
        super().__init__()
        self._peer = peer

    def advance(self, **by: float) -> None:
        """Move time at both ends, where that is allowed."""
        self._peer.call("clock.advance", seconds=timedelta(**by).total_seconds())

    def move_to(self, when: datetime) -> None:
        """Move time at both ends to a moment, which must say its time zone, where that is allowed."""
        if when.tzinfo is None:
            raise ValueError("Say which time zone: clock.move_to(datetime(2030, 1, 1, tzinfo=UTC)).")

        self._peer.call("clock.advance", seconds=(when - self.now()).total_seconds())

    def reset(self) -> None:
        """Return to real time at both ends, where that is allowed."""
        self._peer.call("clock.reset")


class RemoteHasher(Hasher):
    """A hasher at the other end of a pipe, which does the work and counts it."""

    def __init__(self, peer: Caller):
        self._peer = peer

    @cached_property
    def _about(self) -> dict[str, str]:
        return dict(self._peer.call("hasher.about"))

    @property
    def cost(self) -> str:  # type: ignore[override]
        """Return the cost at the other end."""
        return self._about["cost"]

    @property
    def decoy(self) -> str:  # type: ignore[override]
        """Return the other end's decoy."""
        return self._about["decoy"]

    @cached_property
    def _argon2(self) -> Any:
        return argon2id(self.cost)

    @property
    def log(self) -> list[str]:
        """Return the names of the calls so far, in order."""
        return list(self._peer.call("hasher.log"))

    @log.setter
    def log(self, _: list[str]) -> None:
        """Keep no log at this end."""

    def hash(self, password: str) -> str:
        """Return the hash of a password, with a salt of its own."""
        return str(self._peer.call("hasher.hash", password=password))

    def verify(self, hash: str, password: str) -> bool:
        """Return whether this is the hash of this password."""
        return bool(self._peer.call("hasher.verify", hash=hash, password=password))


class RemoteMail:
    """A post office at the other end of a pipe, which sends and never reads."""

    def __init__(self, peer: Caller):
        self._peer = peer

    def send(self, to: str, subject: str, text: str, *, html: str | None = None) -> None:
        """Send a message to exactly one address; raises `BadHeader`, `ValueError` or `Undelivered`."""
        self._peer.call("mail.send", to=to, subject=subject, text=text, html=html)


class RemoteSms:
    """A gateway for text messages at the other end of a pipe, which sends and never reads."""

    def __init__(self, peer: Caller):
        self._peer = peer

    def send(self, number: str, text: str) -> None:
        """Send a text message to exactly one number; raises `BadHeader`, `ValueError` or `Undelivered`."""
        self._peer.call("sms.send", number=number, text=text)
