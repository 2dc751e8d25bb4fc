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
MANY_SITES = ("oidc", "sso")  # a provider, another one upstream, applications and an API


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

    print(f"start to first 200         {first_200('sessions'):6.1f} ms   (bound: 20 ms)")
    for technique in MANY_SITES:
        print(f"the same, {technique:16} {first_200(technique):6.1f} ms   (bound: 60 ms)")
    print(f"re-run, old lab replaced   {1000 * statistics.median(total for _, total in seconds):6.1f} ms")
    print(f"after 50 re-runs           {after[0] - before[0]:+d} threads, {after[1] - before[1]:+d} descriptors")


def first_200(technique: str) -> float:
    """Return the median time from `start` to an answer of the shop, in milliseconds."""
    labs.start(technique).stop()  # imports, and keys that are made once
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        lab = labs.start(technique)
        first_answer(lab.shop.url)
        seconds.append(time.perf_counter() - began)
        lab.stop()
    return 1000 * statistics.median(seconds)


def left(process: psutil.Process) -> tuple[int, int]:
    """Return the numbers of threads and of open descriptors (Windows: handles)."""
    descriptors = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
    return threading.active_count(), descriptors


if __name__ == "__main__":
    measure()
