"""Calls over a pipe: many at a time, both ways, and what happens when the other side misbehaves."""

import os
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime

import bson
import pytest

from labsrv.kit.pipe import peer as pipe
from labsrv.kit.pipe.peer import Gone, Peer, RemoteError, TooLarge
from tests.kit.pipe.pipes import LIMIT, in_threads, pipe_threads, wait_for


def test_a_call_returns_what_the_other_side_returns(pair):
    here, there = pair
    there.serve["add"] = lambda a, b: a + b
    assert here.call("add", a=2, b=3) == 5


def test_bson_types_survive(pair):
    here, there = pair
    there.serve["echo"] = lambda **given: given
    sent = {"at": datetime(2030, 1, 1, tzinfo=UTC), "id": bson.ObjectId(), "raw": b"\0\xff", "none": None, "deep": [{}]}
    assert here.call("echo", **sent) == sent
    assert here.call("echo", id=1, do="x", re=2, **{"with": 3}) == {"id": 1, "do": "x", "re": 2, "with": 3}


def test_many_calls_at_once_from_many_threads_in_both_directions(pair):
    _here, _there = pair
    for peer in pair:
        peer.serve["square"] = lambda n: n * n

    def job(n):
        caller = pair[n % 2]
        return [caller.call("square", n=1000 * n + each) for each in range(50)]

    answers = in_threads(12, job)
    assert sorted(map(tuple, answers)) == sorted(tuple((1000 * n + e) ** 2 for e in range(50)) for n in range(12))


def test_a_slow_call_does_not_hold_up_a_quick_one(pair):
    here, there = pair
    release = threading.Event()
    there.serve |= {"slow": lambda: release.wait(LIMIT), "quick": release.set}

    slow = threading.Thread(target=here.call, args=["slow"])
    slow.start()
    here.call("quick")
    slow.join(LIMIT)
    assert not slow.is_alive()


def test_calls_may_call_back_before_they_answer(pair):
    here, there = pair

    def countdown(peer):
        return lambda n: [n] if n == 0 else [n, *peer.call("countdown", n=n - 1)]

    here.serve["countdown"], there.serve["countdown"] = countdown(here), countdown(there)
    assert here.call("countdown", n=30) == list(range(30, -1, -1))


@pytest.mark.slow("starts Python")
def test_importing_starts_no_thread_and_opens_no_descriptor():
    script = """
import os, threading
before = set(os.listdir("/dev/fd"))
import labsrv.kit.clock, labsrv.kit.passwords, labsrv.kit.pipe.peer, labsrv.kit.pipe.remote, labsrv.kit.store
assert threading.active_count() == 1
assert set(os.listdir("/dev/fd")) == before
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)


def test_what_is_not_served_is_a_remote_error(pair):
    with pytest.raises(RemoteError, match="Nothing called '__class__' is served here") as raised:
        pair[0].call("__class__")
    assert raised.value.type == "LookupError"


def test_wrong_arguments_are_a_type_error(pair):
    here, there = pair
    there.serve["add"] = lambda a, b: a + b
    with pytest.raises(TypeError):
        here.call("add", a=1, c=2)


def test_an_answer_that_is_no_bson_is_an_error_and_not_a_hang(pair):
    here, there = pair
    there.serve["strange"] = object
    with pytest.raises(RemoteError, match="InvalidDocument"):
        here.call("strange", timeout=LIMIT)
    with pytest.raises(bson.errors.InvalidDocument):
        here.call("strange", argument=object())
    with pytest.raises(OverflowError):
        here.call("strange", argument=2**70)


def test_a_call_has_a_timeout_and_its_late_answer_is_dropped(pair):
    here, there = pair
    release = threading.Event()
    there.serve |= {"slow": lambda: release.wait(LIMIT) and "late", "quick": lambda: "quick"}

    with pytest.raises(TimeoutError, match="'slow' within 0.02 seconds"):
        here.call("slow", timeout=0.02)
    release.set()
    assert [here.call("quick", timeout=LIMIT) for _ in range(5)] == ["quick"] * 5
    assert here._reading.waiting == {}


@pytest.mark.slow("waits until time is up")
def test_who_does_not_read_does_not_keep_us_writing(sockets, monkeypatch):
    monkeypatch.setattr(pipe, "WRITE_PATIENCE", 1)
    with Peer.over(sockets[0]) as here, pytest.raises(Gone, match="does not take what we send"):
        here.call("anything", blob=bytes(8_000_000))


def test_the_death_of_the_other_side_wakes_everybody_at_once():
    here, there = socket.socketpair()
    script = "import sys; from labsrv.kit.pipe.peer import Peer; import socket, os, threading\n"
    script += f"Peer.over(socket.socket(fileno={there.fileno()}), "
    script += "{'hang': threading.Event().wait, 'die': lambda: os._exit(9)}); threading.Event().wait()"
    child = subprocess.Popen([sys.executable, "-c", script], pass_fds=[there.fileno()])
    there.close()
    with Peer.over(here) as peer:

        def job(n):
            with pytest.raises(Gone, match="hung up"):
                peer.call("hang" if n else "die")

        in_threads(8, job)
        assert child.wait(LIMIT) == 9
        with pytest.raises(Gone):
            peer.call("hang")


def test_closing_wakes_those_who_wait_on_both_sides(pair):
    here, there = pair
    forever = threading.Event()
    here.serve["hang"] = there.serve["hang"] = forever.wait

    def job(n):
        try:
            pair[n % 2].call("hang")
        except Gone as gone:
            return str(gone)

    closer = threading.Thread(
        target=lambda: (wait_for(lambda: len(here._reading.waiting) + len(there._reading.waiting) == 4), here.close())
    )
    closer.start()
    assert set(in_threads(4, job)) == {"This side hung up.", "The other side hung up."}
    closer.join()
    forever.set()


def test_streams_work_like_sockets():
    one, two = os.pipe(), os.pipe()
    ends = [os.fdopen(one[0], "rb"), os.fdopen(two[1], "wb"), os.fdopen(two[0], "rb"), os.fdopen(one[1], "wb")]
    there = Peer.over_streams(ends[2], ends[3], {"double": lambda text: text * 2})
    with Peer.over_streams(ends[0], ends[1]) as here:
        assert here.call("double", text="ha" * 100_000) == "ha" * 200_000
    wait_for(lambda: there.gone)
    for end in ends:
        end.close()


def test_what_is_too_large_is_refused_before_it_is_sent(sockets):
    with Peer.over(sockets[0], largest=1000) as here, Peer.over(sockets[1], {"big": lambda: "x" * 2000}, largest=1000):
        with pytest.raises(TooLarge, match="larger than the 1,000"):
            here.call("big", blob=bytes(1000))
        with pytest.raises(TooLarge, match="larger than the 1,000"):
            here.call("big")
        assert here.gone is None


def test_an_answer_that_nobody_asked_for_is_ignored(sockets):
    with Peer.over(sockets[0], {"one": lambda: 1}) as here:
        sockets[1].sendall(
            bson.encode({"re": 77, "value": "planted"})
            + bson.encode({"re": 78, "value": "planted", "do": "one", "for": {}})
            + bson.encode({"id": 5, "do": "one", "with": {}})
        )
        assert bson.decode(sockets[1].recv(1000)) == {"re": 5, "value": 1}
        assert here.gone is None


def test_fifty_connections_leave_nothing_behind():
    threads, descriptors = pipe_threads(), len(os.listdir("/dev/fd"))
    for _ in range(50):
        one, two = socket.socketpair()
        with Peer.over(one) as here, Peer.over(two, {"one": lambda: 1}):
            assert here.call("one") == 1
    wait_for(lambda: pipe_threads() <= threads and len(os.listdir("/dev/fd")) <= descriptors)
