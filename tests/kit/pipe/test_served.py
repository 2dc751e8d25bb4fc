"""What the services' end serves: no mailboxes, no time to move unless that is allowed, and a store's operations."""

import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from labsrv.kit.pipe.peer import Gone, Peer, RemoteError
from labsrv.kit.pipe.remote import RemoteServices, RemoteStore
from labsrv.kit.pipe.served import forward_time, serve_services
from labsrv.kit.store import URI


def test_nobody_reads_mailboxes_over_a_pipe(remote, ends):
    for read in ("mail.inbox", "mail.last", "sms.inbox", "sms.last"):
        with pytest.raises(RemoteError, match="is served here"):
            ends[1].call(read, of="alice@post.localhost")
    assert not hasattr(remote.mail, "inbox") and not hasattr(remote.sms, "inbox")


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


@pytest.mark.slow("starts processes")
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


@pytest.mark.slow("starts processes")
def test_round_trips_between_two_processes(another_process, record_figure):
    store, rounds = RemoteStore(another_process), 2000
    store.rows.insert_one({"_id": "a"})
    began = time.perf_counter()
    for _ in range(rounds):
        assert store.rows.find_one({"_id": "a"})
    record_figure("find_one over a pipe, per second", round(rounds / (time.perf_counter() - began)))


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


def test_only_the_operations_are_served(over_the_pipe):
    with pytest.raises(ValueError, match="no 'drop'"):
        over_the_pipe.run("rows", "drop")
    with pytest.raises(RemoteError, match="OperationFailure"):
        over_the_pipe.run("rows", "find", nonsense=1)
    with pytest.raises(RemoteError, match="BulkWriteError"):
        over_the_pipe.rows.insert_many([{"_id": 1}, {"_id": 1}])
    with pytest.raises(RuntimeError, match="process that has the store"):
        over_the_pipe.gate("rows")
