"""`authlab grade` beside a shell loop of one pytest process per submission; and a class with all exercises.

    python3 lab.py bench grading

AUTHLAB_CLASS is the number of students in the class with all exercises, 200 unless it says otherwise; 0 leaves it out.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from labsrv.grading import sandbox
from labsrv.grading.course import Exercise, exercises, find, root

ONE = "02_sessions/cookie_attributes"  # eight checks
ROUNDS = 2
LOOPED = 4
GRADED = 60
STUDENTS = int(os.environ.get("AUTHLAB_CLASS", "200"))


def hand_in(folder: Path, students: int, wanted: list[Exercise]) -> Path:
    """Let a class hand in solutions, no two of them alike."""
    for number in range(students):
        for each in wanted:
            file = each.in_submission(folder / f"student-{number:03}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{each.solution.read_text(encoding='utf-8')}\n# student {number}\n", encoding="utf-8")
    return folder


def looped(folder: Path, exercise: Exercise) -> float:
    """Return the seconds that a loop around pytest takes per submission."""
    students = sorted(folder.iterdir())[:LOOPED]
    began = time.perf_counter()
    for each in students:
        command = [sys.executable, "-m", "pytest", "-q", str(exercise.checks), "--submission", str(each)]
        subprocess.run(command, check=True, capture_output=True, cwd=root())
    return (time.perf_counter() - began) / len(students)


def graded(folder: Path, workers: int, *options: str) -> tuple[float, int]:
    """Return the seconds that `authlab grade` takes in all, its start included, and the most memory it had (bytes)."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "labsrv.cli", "grade", str(folder), "--out", out, "--jobs", str(workers)]
        began = time.perf_counter()
        process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, cwd=root())
        most = Most(process.pid)
        assert process.wait() == 0
        return time.perf_counter() - began, most.stop()


class Most:
    """Looks twice a second at how much memory a process has with everything below it; what is shared counts once."""

    def __init__(self, pid: int):
        self.process = psutil.Process(pid)
        self.bytes = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self) -> None:
        """Look until told to stop."""
        while not self.over.wait(0.5):
            self.bytes = max(self.bytes, self.now())

    def now(self) -> int:
        """Return the sum of this moment."""
        total = 0
        for each in family(self.process):
            try:
                total += getattr(each.memory_full_info(), "pss", 0) or each.memory_info().rss
            except psutil.Error:
                continue  # it has ended meanwhile
        return total

    def stop(self) -> int:
        """Return the most there was."""
        self.over.set()
        self.thread.join()
        return self.bytes


def family(process: psutil.Process) -> list[psutil.Process]:
    """Return a process with all that are below it."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def measure_one(folder: Path) -> None:
    """Print seconds per submission of one exercise, and their ratios. The two take turns."""
    (exercise,) = find(ONE)
    hand_in(folder, GRADED, [exercise])
    loop, one, two = [], [], []
    for _ in range(ROUNDS):
        loop.append(looped(folder, exercise))
        one.append(graded(folder, 1, "--only", ONE)[0] / GRADED)
        two.append(graded(folder, 2, "--only", ONE)[0] / GRADED)
    off = {name: why for name, why in sandbox.available().items() if why}
    print(f"sandbox                    {f'without {off}' if off else 'all layers on'}")
    print(f"a loop around pytest       {statistics.median(loop):6.3f} s a submission")
    for name, seconds, bound in (("one worker", one, "      (bound: 0.1)"), ("two workers", two, "")):
        ratio = statistics.median(mine / theirs for mine, theirs in zip(seconds, loop, strict=True))
        print(f"authlab grade, {name:11} {statistics.median(seconds):6.3f} s a submission")
        print(f"ratio, {name:11}         {ratio:6.3f}{bound}")


def measure_class(folder: Path) -> None:
    """Print what a whole class takes."""
    wanted = exercises()
    hand_in(folder, STUDENTS, wanted)
    seconds, memory = graded(folder, 2)
    print(f"{STUDENTS} students × {len(wanted)} exercises  {seconds:6.0f} s with two workers")
    print(f"a result                   {seconds / (STUDENTS * len(wanted)):6.3f} s")
    print(f"peak memory                {memory / 2**20:6.0f} MiB, all processes together")


def measure() -> None:
    """Print all figures."""
    for part, wanted in ((measure_one, True), (measure_class, STUDENTS > 0)):
        folder = Path(tempfile.mkdtemp(prefix="authlab-bench-"))
        try:
            if wanted:
                part(folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    measure()
