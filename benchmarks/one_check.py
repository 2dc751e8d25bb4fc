"""One exercise checked from the command line, beside a bare Python that imports pytest and Flask."""

import statistics
import subprocess
import sys
import time

RUNS = 7
CHECK = [sys.executable, "-m", "labsrv.cli", "check", "02_sessions/renew_id", "--submission", "solutions", "--json"]
BARE = [sys.executable, "-c", "import pytest, flask, pymongo, mongomock"]


def seconds(command: list[str]) -> float:
    """Return how long a command takes, from the outside."""
    from labsrv.grading.course.exercises import root

    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=root())
    return time.perf_counter() - began


def measure() -> None:
    """Take turns between the two."""
    pairs = [(seconds(BARE), seconds(CHECK)) for _ in range(RUNS)]
    bare, check = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"imports alone              {bare:6.2f} s")
    print(f"authlab check renew_id     {check:6.2f} s      (bound: 1 s)")
    print(f"ratio                      {check / bare:6.2f}")


if __name__ == "__main__":
    measure()
