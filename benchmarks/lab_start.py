"""From `start("sessions")` to its first 200, against the same Flask app on werkzeug's server alone; and 50 re-runs."""

import gc
import statistics
import threading
import time

import psutil

from labsrv import labs
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import Request, SocketTransport

RUNS = 30


def first_answer(url: str) -> None:
    """Ask until there is an answer; the first one counts."""
    visit = Arrival("bench", "192.0.2.1")
    answer = SocketTransport().send(Request("GET", url, [("Host", url.split("/")[2])]), visit)
    visit.leave()
    assert answer.status == 200, answer


def measure() -> None:
    """Print the median start and what 50 of them leave behind."""
    labs.start("sessions").stop()  # imports
    labs.start("sessions")
    gc.collect()
    process = psutil.Process()
    before = left(process)

    seconds = []
    for _ in range(50):
        began = time.perf_counter()
        lab = labs.start("sessions")
        replaced = time.perf_counter() - began
        first_answer(lab.shop.url)
        seconds.append((replaced, time.perf_counter() - began))
    time.sleep(0.1)  # the last connection's thread is on its way out
    gc.collect()
    after = left(process)
    lab.stop()

    fresh = []
    for _ in range(RUNS):
        began = time.perf_counter()
        lab = labs.start("sessions")
        first_answer(lab.shop.url)
        fresh.append(time.perf_counter() - began)
        lab.stop()

    print(f"start to first 200         {1000 * statistics.median(fresh):6.1f} ms   (bound: 20 ms)")
    print(f"re-run, old lab replaced   {1000 * statistics.median(total for _, total in seconds):6.1f} ms")
    print(f"after 50 re-runs           {after[0] - before[0]:+d} threads, {after[1] - before[1]:+d} descriptors")


def left(process: psutil.Process) -> tuple[int, int]:
    """Return the numbers of threads and of open descriptors (Windows: handles)."""
    descriptors = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
    return threading.active_count(), descriptors


if __name__ == "__main__":
    measure()
