"""Starting a lesson's lab: an earlier one gives way, leaves nothing behind, and mistakes are named."""

import gc
import threading
import time

import psutil
import pytest

from labsrv import labs


@pytest.mark.slow("fifty starts")
def test_fifty_starts_leak_nothing():
    """Running the first cell again replaces the lab: no thread and no descriptor more."""
    process = psutil.Process()

    def left():
        gc.collect()
        return threading.active_count(), process.num_fds() if hasattr(process, "num_fds") else process.num_handles()

    labs.start("sessions")
    before = left()
    for _ in range(50):
        lab = labs.start("sessions")
        assert lab.alice.navigate(lab.shop.url).status == 200
    deadline = time.monotonic() + 5  # the last connection's thread may still be on its way out
    while left() != before and time.monotonic() < deadline:
        time.sleep(0.01)
    after = left()
    lab.stop()

    assert after == before


def test_a_new_start_keeps_host_and_port():
    first = labs.start("sessions")
    second = labs.start("sessions")
    try:
        assert second.shop.url == first.shop.url
        assert first.server is None
        assert "stopped" in repr(first)
    finally:
        second.stop()


def test_an_unknown_decision_names_the_nearest():
    with pytest.raises(TypeError, match="Did you mean 'begin_session'"):
        labs.start("sessions", begin_sesion=print)
    with pytest.raises(LookupError, match="There is no lab 'knitting'"):
        labs.start("knitting")
