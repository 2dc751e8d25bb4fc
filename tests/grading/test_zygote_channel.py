"""What goes over the zygote's channel arrives as it was said, however close together."""

import os
import socket

import pytest

from labsrv.grading import checking
from labsrv.grading.processes import CAN_FORK
from labsrv.grading.zygote import hear, say

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="there is no zygote where nothing can be forked")


@pytest.fixture
def ends():
    ends = socket.socketpair()
    yield ends
    for each in ends:
        each.close()


def test_messages_that_arrive_together_are_heard_one_by_one(ends):
    reading, writing = os.pipe()
    say(ends[0], {"do": "first", "long": "x" * 100_000}, [reading])
    say(ends[0], {"do": "second"})
    say(ends[0], {"do": "third"}, [writing])

    heard = [hear(ends[1]) for _ in range(3)]

    assert [message["do"] for message, _ in heard] == ["first", "second", "third"]
    assert [len(descriptors) for _, descriptors in heard] == [1, 0, 1]
    for each in [reading, writing, *(each for _, descriptors in heard for each in descriptors)]:
        os.close(each)


def test_who_hangs_up_is_gone(ends):
    ends[0].close()

    with pytest.raises(EOFError):
        hear(ends[1])


def test_a_runner_that_is_asked_at_once_answers():
    """`checked` falls back on a slower way, so nobody would notice."""
    rows, said = checking.in_a_runner("00_start_here/00_template")

    assert [row["exercise"] for row in rows] == ["00_start_here/00_template"] and not said
