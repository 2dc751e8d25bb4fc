"""What is forked ends with whoever forked it, also where that one ends at once."""

import os
import signal
import sys
import time

import pytest

from labsrv.grading.system import forking
from labsrv.grading.system.linux import LINUX
from labsrv.grading.system.processes import CAN_FORK

pytestmark = [
    pytest.mark.skipif(not (CAN_FORK and LINUX), reason="only Linux ends a process with its parent"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),  # the child only waits
]


@pytest.fixture
def forked():
    """Return `forked(work)`: what comes of a child whose parent forks it, says its own pid, and waits to be killed."""

    def forked(work, kill):
        reading, writing = os.pipe()
        parent = os.fork()
        if not parent:
            forking.fork(lambda: work(writing))
            os.close(writing)
            signal.pause()
        os.close(writing)
        kill(parent)
        os.waitpid(parent, 0)
        with open(reading, "rb") as said:
            return said.read()

    return forked


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def speak(writing):
    time.sleep(0.2)
    os.write(writing, b"at work")


@pytest.mark.slow("waits for a child")
def test_a_child_whose_parent_lives_does_its_work(forked):
    assert forked(speak, lambda parent: (time.sleep(1), kill(parent))) == b"at work"


def test_a_child_whose_parent_is_killed_ends(forked):
    assert forked(speak, lambda parent: (time.sleep(0.1), kill(parent))) == b""


def test_a_child_whose_parent_is_killed_before_it_asked_to_end_with_it_does_nothing(forked, monkeypatch):
    first = os.getpid()

    def late():
        parent = os.getppid()
        assert parent != first
        while os.getppid() == parent:
            time.sleep(0.01)
        ask()

    ask = forking.end_with_parent
    monkeypatch.setattr(forking, "end_with_parent", late)

    assert forked(speak, lambda parent: (time.sleep(0.1), kill(parent))) == b""


def test_nothing_below_the_work_says_a_process_number(forked):
    """The numbers grow from check to check: whoever reads them learns which check it is."""

    def look(writing):
        frame, found = sys._getframe(1), []
        while frame.f_code is not forked_by.__code__:
            found += [name for name, value in frame.f_locals.items() if value in (os.getpid(), os.getppid())]
            frame = frame.f_back
        os.write(writing, f"{found}".encode())

    def forked_by(work, kill):
        return forked(work, kill)

    assert forked_by(look, lambda parent: (time.sleep(0.5), kill(parent))) == b"[]"
