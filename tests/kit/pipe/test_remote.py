"""The services at the other end of a pipe behave as the plain objects do."""

import math
import re
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from labsrv.kit.clock import Clock
from labsrv.kit.mail.head import BadHeader
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.mail.sms import Sms
from labsrv.kit.passwords import Hasher
from labsrv.kit.pipe.peer import Gone, Peer, RemoteError
from labsrv.kit.pipe.remote import RemoteServices, RemoteStore
from labsrv.kit.pipe.served import forward_time, serve_clock, serve_services
from labsrv.kit.services import Services
from labsrv.kit.store import URI, open_store
from labsrv.kit.store.limits import Allowance


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


@pytest.fixture(params=["plain", "remote"])
def services(request) -> Services:
    return request.getfixturevalue(request.param)


def test_all_of_them_are_there(services):
    services.db.users.insert_one({"_id": "alice", "password_hash": services.hasher.hash("a fake password")})
    stored = services.db.users.find_one({"_id": "alice"})["password_hash"]

    assert services.hasher.verify(stored, "a fake password")
    assert not services.hasher.verify(services.hasher.decoy, "a fake password")
    assert services.hasher.log == ["hash", "verify", "verify"]
    assert services.hasher.calls == 3
    assert not services.hasher.needs_rehash(stored)
    assert services.url("idp", "/token") == "http://idp.localhost:8000/token"
    assert services.url("shop") == "http://shop.localhost:8000/"
    assert abs(services.clock.now() - datetime.now(UTC)) < timedelta(seconds=2)


def test_a_site_sends_mail_and_texts_and_reads_none(plain, services):
    services.mail.send("alice@post.localhost", "Tea", "It is ready.", html="<p>It is ready.</p>")
    services.sms.send("+12125550123", "Your code is 012345")

    assert plain.mail.last("alice@post.localhost").html == "<p>It is ready.</p>"
    assert plain.sms.last("+12125550123").text == "Your code is 012345"


def test_what_mail_refuses_is_refused_the_same_over_a_pipe(plain, services, monkeypatch):
    with pytest.raises(BadHeader, match="not exactly one mail address"):
        services.mail.send("alice@post.localhost, mallory@post.localhost", "Tea", "It is ready.")
    with pytest.raises(BadHeader, match="not exactly one phone number"):
        services.sms.send("0123", "Your code is 012345")
    monkeypatch.setattr("labsrv.kit.mail.mailboxes.MOST_KEPT", 0)
    with pytest.raises(Undelivered, match="mailboxes are full"):
        services.mail.send("alice@post.localhost", "Tea", "It is ready.")


def test_nobody_reads_mailboxes_over_a_pipe(remote, ends):
    for read in ("mail.inbox", "mail.last", "sms.inbox", "sms.last"):
        with pytest.raises(RemoteError, match="is served here"):
            ends[1].call(read, of="alice@post.localhost")
    assert not hasattr(remote.mail, "inbox") and not hasattr(remote.sms, "inbox")


def test_the_counting_is_done_where_nobody_under_test_can_reach_it(plain, remote):
    remote.hasher.hash("a fake password")
    remote.hasher.log = []
    remote.hasher.log.clear()

    assert plain.hasher.log == ["hash"]
    assert remote.hasher.cost == plain.hasher.cost
    assert remote.hasher.decoy == plain.hasher.decoy


def test_the_code_under_test_may_not_move_time(plain, remote):
    for move in (lambda: remote.clock.advance(minutes=31), remote.clock.reset):
        with pytest.raises(RemoteError, match="is served here"):
            move()
    assert plain.clock.moved == timedelta(0)


def test_time_moves_at_both_ends_where_that_is_allowed(plain, ends):
    parent, child = ends
    parent.serve |= serve_services(plain, may_move_time=True)
    clock = RemoteServices(child).clock

    clock.advance(minutes=31)
    assert plain.clock.moved == clock.moved == timedelta(minutes=31)
    clock.move_to(datetime(2031, 1, 1, tzinfo=UTC))
    assert plain.clock.now().year == 2031
    clock.reset()
    assert plain.clock.moved == timedelta(0)


ANOTHER_PROCESS = """
import os, socket, sys, time
from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.served import serve_clock, serve_store
from labsrv.kit.store import open_store
served = {"time": time.time, "monotonic": time.monotonic, "end": lambda: os._exit(0)}
Peer.over(socket.socket(fileno=int(sys.argv[1])), served | serve_clock() | serve_store(open_store())).join()
"""


@pytest.fixture
def another_process(monkeypatch):
    """A process of its own, which follows our time when it is told and has a store."""
    monkeypatch.delenv(URI, raising=False)
    here, there = socket.socketpair()
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(there.fileno())]
    with there, subprocess.Popen(command, pass_fds=[there.fileno()]) as process:
        there.close()
        with Peer.over(here) as peer:
            yield peer
        process.wait(20)


def test_another_process_has_moved_before_advance_returns(plain, another_process):
    peer = another_process
    plain.clock.advance(hours=1)
    end = forward_time(plain.clock, peer)
    assert abs(peer.call("time") - plain.clock.time()) < 2, "It catches up when it is first told."

    for move in ({"minutes": 31}, {"days": 400}, {"days": -900}):
        plain.clock.advance(**move)
        assert abs(peer.call("time") - plain.clock.time()) < 2
    assert abs(peer.call("monotonic") - time.monotonic()) < 2

    end()
    plain.clock.reset()
    assert abs(peer.call("time") - plain.clock.time()) > 100_000


def test_the_end_of_another_process_is_seen(another_process):
    with pytest.raises(Gone):
        another_process.call("end")


def test_round_trips_between_two_processes(another_process, record_figure):
    store, rounds = RemoteStore(another_process), 2000
    store.rows.insert_one({"_id": "a"})
    began = time.perf_counter()
    for _ in range(rounds):
        assert store.rows.find_one({"_id": "a"})
    record_figure("find_one over a pipe, per second", round(rounds / (time.perf_counter() - began)))


PATTERNS = {
    "an operator": {"name": {"$regex": "(a+)+$"}},
    "a compiled one": {"name": re.compile("(a+)+$")},
    "deep inside": {"$or": [{"n": 1}, {"name": {"$not": {"$in": [re.compile("a")]}}}]},
    "a number that takes all day": {"$expr": {"$gt": [{"$pow": [10, 10**9]}, 1]}},
    "an expression": {"$expr": {"$regexMatch": {"input": "$name", "regex": "(a+)+$"}}},
}


@pytest.mark.parametrize("filter", PATTERNS.values(), ids=PATTERNS)
def test_patterns_can_be_switched_off_for_the_other_side(plain, ends, filter):
    parent, child = ends
    parent.serve |= serve_services(plain, allowance=Allowance())
    db = RemoteServices(child).db
    db.rows.insert_one({"_id": 1, "said": "$regex", "name": "aaa"})

    assert db.rows.find_one({"name": {"$in": ["aaa"]}})
    with pytest.raises(ValueError, match="not available here: compare whole values"):
        db.rows.find(filter)


EXPENSIVE = {
    "looked for among many": [("find_one", [{"n": {"$in": list(range(3000))}}])],
    "many conditions": [("count_documents", [{"$or": [{"n": -n} for n in range(1500)]}])],
    "many documents": [("insert_many", [[{"n": n} for n in range(1000)]])] * 3,
    "a list that grows": [("update_one", [{"n": 1}, {"$push": {"all": {"$each": [0] * 800}}}])] * 9,
    "deep down": [("find", [{"$and": [{"$and": [{"$nor": [{"a": [0] * 3000}]}]}]}])],
}


@pytest.mark.parametrize("asked", EXPENSIVE.values(), ids=EXPENSIVE)
def test_what_would_cost_hours_can_be_refused(plain, ends, asked):
    """The work is done here, in the middle of a call: no time limit of the other side's ends it."""
    parent, child = ends
    parent.serve |= serve_services(plain, allowance=Allowance())
    services = RemoteServices(child)
    services.db.rows.insert_many([{"n": n} for n in range(300)])
    with pytest.raises(ValueError, match="asks too much of the store"):
        for operation, args in asked:
            services.db.run("rows", operation, *args)
    assert services.db.rows.find_one({"n": 1}), "What costs little is answered all the same."

    parent.serve |= serve_services(plain, allowance=Allowance(math.inf))
    for operation, args in asked:
        services.db.run("rows", operation, *args)


def test_a_shop_that_runs_for_long_may_write_for_ever():
    allowance = Allowance(math.inf)
    for _ in range(100):
        allowance.judge("insert_many", [[[0] * 10_000]])


def test_who_is_gone_is_told_no_more(plain, ends):
    parent, child = ends
    forward_time(plain.clock, parent)
    child.close()
    plain.clock.advance(minutes=1)
    assert plain.clock.listeners == []


def test_who_does_not_confirm_is_an_error(plain, ends):
    parent, child = ends
    forward_time(plain.clock, parent, timeout=0.05)
    child.serve["clock.follow"] = lambda moved: threading.Event().wait(1)

    with pytest.raises(TimeoutError, match="clock.follow"):
        plain.clock.advance(minutes=1)
