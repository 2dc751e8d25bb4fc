"""Calls over a pipe: many at a time, both ways, and what happens when the other side misbehaves."""

import os
import socket
import struct
import subprocess
import sys
import threading
import tracemalloc
from datetime import UTC, datetime

import bson
import pytest
from pymongo.errors import DuplicateKeyError

from labsrv.kit.pipe import peer as pipe
from labsrv.kit.pipe.peer import Gone, Peer, RemoteError, TooLarge
from labsrv.kit.store import StoreUnavailable
from tests.kit.pipe.pipes import LIMIT, in_threads, pipe_threads, raising, wait_for

# Calls


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
    here, there = pair
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


def test_importing_starts_no_thread_and_opens_no_descriptor():
    script = """
import os, threading
before = set(os.listdir("/dev/fd"))
import labsrv.kit.clock, labsrv.kit.passwords, labsrv.kit.pipe.peer, labsrv.kit.pipe.remote, labsrv.kit.store
assert threading.active_count() == 1
assert set(os.listdir("/dev/fd")) == before
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)


# What is raised


RAISED = {
    "DuplicateKeyError": (DuplicateKeyError("taken"), DuplicateKeyError, "taken"),
    "StoreUnavailable": (StoreUnavailable("start it"), StoreUnavailable, "start it"),
    "ValueError": (ValueError("no"), ValueError, "no"),
    "KeyError": (KeyError("key"), KeyError, "'key'"),
    "TypeError": (TypeError("wrong"), TypeError, "wrong"),
    "another": (PermissionError("not you"), RemoteError, "PermissionError: not you"),
    "an own class": (type("SystemExit", (Exception,), {})("x"), RemoteError, "SystemExit: x"),
}


@pytest.mark.parametrize(("error", "kind", "text"), RAISED.values(), ids=RAISED)
def test_only_listed_exceptions_are_raised_as_themselves(pair, error, kind, text):
    here, there = pair
    there.serve["fail"] = raising(error)
    with pytest.raises(kind) as raised:
        here.call("fail")
    assert type(raised.value) is kind
    assert str(raised.value) == text


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


def test_messages_are_cut_to_a_length(pair):
    here, there = pair
    there.serve["fail"] = raising(ValueError("x" * 100_000))
    with pytest.raises(ValueError) as raised:
        here.call("fail")
    assert len(str(raised.value)) == 2000


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError


endless = []
endless.append(endless)
UNKIND = {
    "sys.exit()": (raising(SystemExit(3)), "SystemExit: 3"),
    "an interrupt": (raising(KeyboardInterrupt()), "KeyboardInterrupt"),
    "an exception that cannot be shown": (raising(Unspeakable()), "Unspeakable: .It cannot be shown"),
    "a message that is no UTF-8": (raising(OSError("\ud800")), "OSError: [?]"),
    "a value that contains itself": (lambda: endless, "RecursionError|InvalidDocument|InvalidBSON"),
    "no end of calls": (lambda: (f := lambda: f())(), "RecursionError"),
}


@pytest.mark.parametrize(("served", "text"), UNKIND.values(), ids=UNKIND)
def test_whatever_a_served_function_does_its_caller_gets_an_answer(pair, served, text):
    here, there = pair
    there.serve |= {"unkind": served, "one": lambda: 1}
    with pytest.raises(RemoteError, match=text):
        here.call("unkind", timeout=LIMIT)
    assert here.call("one", timeout=LIMIT) == 1


# Time


def test_a_call_has_a_timeout_and_its_late_answer_is_dropped(pair):
    here, there = pair
    release = threading.Event()
    there.serve |= {"slow": lambda: release.wait(LIMIT) and "late", "quick": lambda: "quick"}

    with pytest.raises(TimeoutError, match="'slow' within 0.02 seconds"):
        here.call("slow", timeout=0.02)
    release.set()
    assert [here.call("quick", timeout=LIMIT) for _ in range(5)] == ["quick"] * 5
    assert here._reading.waiting == {}


def test_who_does_not_read_does_not_keep_us_writing(sockets, monkeypatch):
    monkeypatch.setattr(pipe, "WRITE_PATIENCE", 1)
    with Peer.over(sockets[0]) as here, pytest.raises(Gone, match="does not take what we send"):
        here.call("anything", blob=bytes(8_000_000))


# The other side ends


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


# The other side misbehaves


def test_what_is_too_large_is_refused_before_it_is_sent(sockets):
    with Peer.over(sockets[0], largest=1000) as here, Peer.over(sockets[1], {"big": lambda: "x" * 2000}, largest=1000):
        with pytest.raises(TooLarge, match="larger than the 1,000"):
            here.call("big", blob=bytes(1000))
        with pytest.raises(TooLarge, match="larger than the 1,000"):
            here.call("big")
        assert here.gone is None


def test_a_length_is_refused_before_anything_of_that_size_is_read(sockets):
    here, raw = Peer.over(sockets[0]), sockets[1]
    tracemalloc.start()
    raw.sendall(struct.pack("<i", 2**31 - 1) + bytes(1000))
    wait_for(lambda: here.gone)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert "announced a message of 2,147,483,647 bytes" in str(here.gone)


def nested(depth):
    document = b"\x05\0\0\0\0"
    for _ in range(depth):
        document = struct.pack("<i", len(document) + 8) + b"\x03a\0" + document + b"\0"
    return document


HOSTILE = {
    "text": (b"GET / HTTP/1.1\r\n\r\n", "announced"),
    "a negative length": (struct.pack("<i", -1), "announced"),
    "a length of nothing": (struct.pack("<i", 0), "announced"),
    "no BSON inside": (struct.pack("<i", 12) + b"\xff" * 8, "not BSON"),
    "a pickle": (struct.pack("<i", 20) + b"cos\nsystem\n(S'x'\n", "not BSON"),
    "five thousand levels": (nested(5000), "not BSON|neither"),
    "an empty document": (bson.encode({}), "neither a call nor an answer"),
    "a call without arguments": (bson.encode({"id": 1, "do": "x"}), "neither"),
    "a call with a list for a name": (bson.encode({"id": 1, "do": ["x"], "with": {}}), "neither"),
    "an answer to a document": (bson.encode({"re": {}, "value": 1}), "neither"),
    "a call that is an answer as well": (bson.encode({"id": 1, "do": "x", "with": {}, "re": {}}), "neither"),
    "a call on behalf of a document": (bson.encode({"id": 1, "do": "x", "with": {}, "for": {}}), "neither"),
    "an exception without a type": (bson.encode({"re": 1, "raised": {}}), "neither"),
}


@pytest.mark.parametrize(("sent", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_who_breaks_the_rules_is_hung_up_on_with_a_reason(sockets, sent, reason):
    here, raw = Peer.over(sockets[0]), sockets[1]
    raw.sendall(sent)
    wait_for(lambda: here.gone)
    with pytest.raises(Gone, match=reason):
        here.call("anything")


def test_an_answer_that_nobody_asked_for_is_ignored(sockets):
    with Peer.over(sockets[0], {"one": lambda: 1}) as here:
        sockets[1].sendall(
            bson.encode({"re": 77, "value": "planted"})
            + bson.encode({"re": 78, "value": "planted", "do": "one", "for": {}})
            + bson.encode({"id": 5, "do": "one", "with": {}})
        )
        assert bson.decode(sockets[1].recv(1000)) == {"re": 5, "value": 1}
        assert here.gone is None


def test_what_one_side_may_send_altogether_is_bounded(sockets):
    with Peer.over(sockets[0]) as here, Peer.over(sockets[1], most_received=50_000) as there:
        there.serve["take"] = lambda blob: len(blob)
        assert [here.call("take", blob=bytes(10_000)) for _ in range(4)] == [10_000] * 4
        with pytest.raises(Gone):
            here.call("take", blob=bytes(10_000))
        wait_for(lambda: there.gone)
        assert "more than 50,000 bytes altogether" in str(there.gone)


def test_fifty_connections_leave_nothing_behind():
    threads, descriptors = pipe_threads(), len(os.listdir("/dev/fd"))
    for _ in range(50):
        one, two = socket.socketpair()
        with Peer.over(one) as here, Peer.over(two, {"one": lambda: 1}):
            assert here.call("one") == 1
    wait_for(lambda: pipe_threads() <= threads and len(os.listdir("/dev/fd")) <= descriptors)
