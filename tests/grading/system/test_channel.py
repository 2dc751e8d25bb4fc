"""What goes over the zygote's channel arrives as it was said, however close together."""

import os
import socket

import pytest

from labsrv.grading.checks.check import in_a_runner
from labsrv.grading.system.channel import receive, send
from labsrv.grading.system.processes import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="there is no zygote where nothing can be forked")


@pytest.fixture
def ends():
    ends = socket.socketpair()
    yield ends
    for each in ends:
        each.close()


def test_messages_that_arrive_together_are_heard_one_by_one(ends):
    reading, writing = os.pipe()
    send(ends[0], {"do": "first", "long": "x" * 100_000}, [reading])
    send(ends[0], {"do": "second"})
    send(ends[0], {"do": "third"}, [writing])

    heard = [receive(ends[1]) for _ in range(3)]

    assert [message["do"] for message, _ in heard] == ["first", "second", "third"]
    assert [len(descriptors) for _, descriptors in heard] == [1, 0, 1]
    for each in [reading, writing, *(each for _, descriptors in heard for each in descriptors)]:
        os.close(each)


def test_who_hangs_up_is_gone(ends):
    ends[0].close()

    with pytest.raises(EOFError):
        receive(ends[1])


@pytest.mark.slow("starts a zygote")
def test_a_runner_that_is_asked_at_once_answers():
    """`run_checks` falls back on a slower way, so nobody would notice."""
    rows, said = in_a_runner("00_start_here/00_template")

    assert [row["exercise"] for row in rows] == ["00_start_here/00_template"] and not said
