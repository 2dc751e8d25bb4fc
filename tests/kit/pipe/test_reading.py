"""Who reads a pipe: whoever waits for an answer, and attendants for everything else."""

import socket
import threading

import bson
import pytest

from labsrv.kit.pipe.peer import Gone, Peer, RemoteError
from tests.kit.pipe.pipes import LIMIT, raising, suppressed, wait_for


def test_who_waits_serves_what_is_asked_on_behalf_of_its_own_call(pair):
    here, there = pair
    served_by = []
    here.serve["ask"] = lambda: served_by.append(threading.current_thread())
    there.serve["work"] = lambda: [there.call("ask") for _ in range(3)]

    for _ in range(2):  # an attendant may read the first, and hands it on
        here.call("work", timeout=LIMIT)
    assert served_by == [threading.current_thread()] * 6


def test_who_waits_is_not_kept_by_what_others_ask(pair):
    """Otherwise a check that holds one request, and releases it after the next, would wait for itself."""
    here, there = pair
    held, release = threading.Event(), threading.Event()
    here.serve["hold"] = lambda: held.set() or release.wait(LIMIT)
    there.serve |= {"held": lambda: there.call("hold"), "quick": lambda: held.wait(LIMIT)}

    other = threading.Thread(target=here.call, args=["held"])
    other.start()
    assert here.call("quick", timeout=LIMIT)
    assert not release.is_set() and other.is_alive()
    release.set()
    other.join(LIMIT)
    assert not other.is_alive()


def test_a_thread_of_its_own_asks_on_nobodys_behalf(pair):
    here, there = pair
    served_by = []
    here.serve["ask"] = lambda: served_by.append(threading.current_thread())

    def work():
        thread = threading.Thread(target=there.call, args=["ask"])
        thread.start()
        thread.join(LIMIT)

    there.serve["work"] = work
    here.call("work", timeout=LIMIT)
    assert len(served_by) == 1 and served_by[0] is not threading.current_thread()


@pytest.mark.slow("waits until time is up")
def test_time_is_up_while_the_other_side_never_stops_asking(sockets):
    here, raw = Peer.over(sockets[0], {"ask": lambda: None}), sockets[1]
    ended = threading.Event()

    def ask():
        number = bson.decode(raw.recv(1000))["id"]
        asked = bson.encode({"id": 1, "do": "ask", "with": {}, "for": number})
        while not ended.is_set():
            suppressed(raw.send, asked * 10)
            suppressed(raw.recv, 65_536, socket.MSG_DONTWAIT)

    asking = threading.Thread(target=ask)
    asking.start()
    with pytest.raises(TimeoutError):
        here.call("anything", timeout=0.2)
    ended.set()
    here.close()
    asking.join(LIMIT)
    assert not asking.is_alive()


def test_an_interrupt_is_answered_for_and_goes_on_to_who_waited(pair):
    here, there = pair
    heard = []
    here.serve["ask"] = raising(KeyboardInterrupt())

    def work():
        with pytest.raises(RemoteError, match="KeyboardInterrupt"):
            there.call("ask")
        heard.append(True)

    there.serve |= {"work": work, "one": lambda: 1}
    here.call("one")
    with pytest.raises(KeyboardInterrupt):
        here.call("work", timeout=LIMIT)
    wait_for(lambda: heard)
    assert here.call("one", timeout=LIMIT) == 1


@pytest.mark.parametrize("in_the_middle", [False, True])
def test_an_interrupt_takes_no_message_along_unnoticed(pair, monkeypatch, in_the_middle):
    here, there = pair
    there.serve["one"] = lambda: 1
    patched, name = (here._reading.frames, "more") if in_the_middle else (here._reading, "comes")
    really = getattr(patched, name)

    def interrupted(*given):
        if threading.current_thread() is threading.main_thread():
            raise KeyboardInterrupt
        return really(*given)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(patched, name, interrupted)
        for _ in range(1000):
            here.call("one", timeout=LIMIT)
    if in_the_middle:
        with pytest.raises(Gone, match="interrupted in the middle of a message"):
            here.call("one")
    else:
        assert here.call("one", timeout=LIMIT) == 1
