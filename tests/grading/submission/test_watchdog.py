"""The watchdog looks at every host, whatever becomes of another one."""

import os
import sys
import threading

import pytest

from labsrv.grading.submission import watchdog


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what processes have")
def test_one_that_can_not_be_ended_keeps_nobody_else_from_being_looked_at(monkeypatch):
    monkeypatch.setattr(watchdog, "greed", lambda pids: "of everything")
    told, ended = [], threading.Event()

    def raises(said):
        told.append(said)
        raise OSError("it is not there")

    # Nobody has the first number; the second is ours, and only told of.
    ends = [watchdog.watch(1 << 22, raises), watchdog.watch(os.getpid(), lambda said: ended.set())]
    assert ended.wait(10)
    assert told == ["its processes took more than of everything together"]

    again = threading.Event()
    ends.append(watchdog.watch(os.getpid(), lambda said: again.set()))
    assert again.wait(10), "the watchdog has gone"
    for each in ends:
        each()
