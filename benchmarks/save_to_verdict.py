"""From a save of an exercise's file to its report, after the first time, beside the same checks on the command line."""

import contextlib
import os
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.one_check import BARE, seconds
from labsrv.grading.course.exercises import root

NAME = "02_sessions/renew_id"
SAVES = 15
PATIENCE = 60


def measure() -> None:
    """Save stub and solution in turns, in a copy of the course, as an editor would."""
    course = root()
    with tempfile.TemporaryDirectory() as folder, settled_in(course, Path(folder)):
        from labsrv.grading.checks.watcher import watcher_of

        watcher = watcher_of(NAME)
        judged = Judged(watcher)
        judged.after(watcher.check_now)
        stub = watcher.exercise.stub.read_text(encoding="utf-8")
        solution = watcher.exercise.solution.read_text(encoding="utf-8")
        taken = [judged.after(lambda text=text: save(watcher.exercise.stub, text)) for text in [solution, stub] * SAVES]
        watcher.close()

    settled = taken[2:]
    bare = statistics.median(seconds(BARE) for _ in range(5))
    print(f"save to verdict, stub      {statistics.median(settled[1::2]):6.2f} s")
    print(f"save to verdict, solution  {statistics.median(settled[0::2]):6.2f} s      (bound: 0.25 s)")
    print(f"ratio to imports alone     {statistics.median(settled[0::2]) / bare:6.2f}")


@contextlib.contextmanager
def settled_in(course: Path, folder: Path):
    """Work in a copy of the course: no learner's file is touched."""
    for part in ("exercises", "solutions", "labsrv", "pyproject.toml"):
        copy = shutil.copytree if (course / part).is_dir() else shutil.copy
        copy(course / part, folder / part)
    os.environ["AUTHLAB_COURSE"] = str(folder)
    yield
    del os.environ["AUTHLAB_COURSE"]


def save(file: Path, text: str) -> None:
    """Write a file as an editor does: beside it, then in its place."""
    beside = file.with_suffix(".saving")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


class Judged:
    """Waits for a watcher's next report."""

    def __init__(self, watcher):
        self.watcher = watcher
        self.last = None
        self.told = threading.Event()
        watcher.listeners.append(self.look)

    def look(self) -> None:
        """Note a new report."""
        if self.watcher.state.report is not self.last and not self.watcher.state.checking:
            self.last = self.watcher.state.report
            self.told.set()

    def after(self, act) -> float:
        """Return the seconds from an act to the next report, and let the watcher settle."""
        self.told.clear()
        began = time.perf_counter()
        act()
        if not self.told.wait(PATIENCE):
            raise TimeoutError(f"No report came within {PATIENCE} seconds.")
        taken = time.perf_counter() - began
        time.sleep(0.6)  # a person does not save ten times a second
        return taken


if __name__ == "__main__":
    measure()
