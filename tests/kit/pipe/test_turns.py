"""The attendants of a pipe: as many as are busy, used again, asleep while nothing happens, and bounded."""

import threading

import bson
import pytest

from labsrv.kit.pipe.peer import Gone, Peer
from labsrv.kit.pipe.turns import MOST_THREADS
from tests.kit.pipe.pipes import LIMIT, in_threads, pipe_threads, suppressed, wait_for


def test_attendants_sleep_while_nothing_happens(pair):
    here, there = pair
    there.serve["one"] = lambda: 1
    here.call("one")
    wait_for(lambda: [peer._reading.turns.looking for peer in pair] == [0, 0])
    assert [peer._reading.turns.taken for peer in pair] == [True, True], "One attendant reads at each end."


def test_more_calls_than_threads_are_all_answered(pair):
    here, there = pair
    reached, release = threading.Semaphore(0), threading.Event()

    def wait(n):
        reached.release()
        release.wait(LIMIT)
        return n

    there.serve["wait"] = wait
    open_up = threading.Thread(target=lambda: [reached.acquire(timeout=LIMIT) for _ in range(64)] and release.set())
    open_up.start()
    assert sorted(in_threads(MOST_THREADS + 20, lambda n: here.call("wait", n=n))) == list(range(MOST_THREADS + 20))
    open_up.join()
    assert there._reading.turns.size == MOST_THREADS


def test_threads_are_used_again_and_end_with_the_pipe(sockets):
    before = pipe_threads()
    here, there = Peer.over(sockets[0]), Peer.over(sockets[1], {"one": lambda: 1})
    for _ in range(50):
        here.call("one")
    assert there._reading.turns.size < 10
    assert all(thread.daemon for thread in pipe_threads())

    here.close()
    wait_for(lambda: pipe_threads() <= before)
    assert sockets[0].fileno() == sockets[1].fileno() == -1, "Both ends close their descriptors."


@pytest.mark.slow("a flood")
def test_a_flood_of_calls_is_read_no_further_than_there_are_threads_and_ends_the_connection_of_who_waits(sockets):
    release = threading.Event()
    at_work = []
    here = Peer.over(sockets[0], {"wait": lambda: at_work.append(1) or release.wait(LIMIT)})
    sockets[1].settimeout(1)
    flood = bson.encode({"id": 1, "do": "wait", "with": {}}) * 20_000
    flooding = threading.Thread(target=lambda: suppressed(sockets[1].sendall, flood))
    flooding.start()
    wait_for(lambda: len(at_work) == MOST_THREADS)
    assert here.gone is None

    with pytest.raises(Gone, match="without waiting for the answers"):
        here.call("anything", timeout=LIMIT)
    flooding.join(LIMIT)
    release.set()
    assert len(at_work) == MOST_THREADS
