"""What tests of the kit share: a lab, a store, a pipe, and a lab's services at both of its ends."""

import socket
from datetime import UTC, datetime, timedelta

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.clock import Clock
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.sms import Sms
from labsrv.kit.passwords import Hasher
from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.remote import RemoteServices, RemoteStore
from labsrv.kit.pipe.served import serve_clock, serve_services, serve_store
from labsrv.kit.store import URI, open_store


@pytest.fixture
def lab():
    """A lab without a socket and without a site."""
    lab = Lab("test", place=FirstNumber(), hash_cost="low", listens=False)
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.fixture
def clock():
    clock = Clock()
    yield clock
    clock.listeners.clear()
    clock.reset()


@pytest.fixture
def in_memory(monkeypatch):
    monkeypatch.delenv(URI, raising=False)
    store = open_store()
    yield store
    store.close()


@pytest.fixture
def over_the_pipe(in_memory):
    here, there = socket.socketpair()
    with Peer.over(there, serve_store(in_memory)), Peer.over(here) as peer:
        yield RemoteStore(peer)


@pytest.fixture(params=["in_memory", "over_the_pipe"])
def db(request):
    """A store, in memory and at the other end of a pipe."""
    return request.getfixturevalue(request.param)


class StoppedClock:
    """The time of a test, which moves when the test moves it."""

    def __init__(self):
        self.at = datetime(2030, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)

    def __call__(self):
        return self.at

    @property
    def kept(self):
        """The time as a store keeps it: to the millisecond."""
        return self.at.replace(microsecond=self.at.microsecond // 1000 * 1000)

    def advance(self, **by):
        self.at += timedelta(**by)


@pytest.fixture
def now():
    return StoppedClock()


@pytest.fixture
def sockets():
    pair = socket.socketpair()
    yield pair
    for each in pair:
        each.close()


@pytest.fixture
def pair(sockets):
    """Two peers that talk to each other; each serves what a test puts into its `serve`."""
    here, there = Peer.over(sockets[0]), Peer.over(sockets[1])
    yield here, there
    here.close()
    there.close()


class PlainServices:
    """What a lab offers, without the lab."""

    def __init__(self):
        self.db = open_store()
        self.clock = Clock()
        self.hasher = Hasher()
        self.mail = Mail(self.clock, over_smtp=False)
        self.sms = Sms(self.clock)

    def url(self, site: str, path: str = "/") -> str:
        return f"http://{site}.localhost:8000{path}"


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.delenv(URI, raising=False)
    services = PlainServices()
    yield services
    services.clock.listeners.clear()
    services.clock.reset()


@pytest.fixture
def ends(plain):
    here, there = socket.socketpair()
    with Peer.over(here, serve_services(plain)) as parent, Peer.over(there, serve_clock()) as child:
        yield parent, child


@pytest.fixture
def remote(ends):
    return RemoteServices(ends[1])
