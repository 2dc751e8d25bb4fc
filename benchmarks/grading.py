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
import time
from pathlib import Path

import psutil

from labsrv.grading import sandbox
from labsrv.grading.course.exercises import Exercise, exercises, find, root

ONE = "02_sessions/cookie_attributes"  # eight checks
ROUNDS = 3
LOOPED = 4
GRADED = 200  # a class
LOOK_SECONDS = 1.0
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


def graded(folder: Path, workers: int, *options: str, look: bool = False) -> tuple[float, int]:
    """Return the seconds that `authlab grade` takes, its start included, and the most memory, if one is to look."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "labsrv.cli", "grade", str(folder), "--out", out, "--jobs", str(workers)]
        began = time.perf_counter()
        process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, cwd=root())
        most = 0
        while process.poll() is None:
            time.sleep(LOOK_SECONDS if look else 0.02)
            most = max(most, memory(process.pid)) if look else 0
        assert process.returncode == 0
        return time.perf_counter() - began, most


def memory(pid: int) -> int:
    """Return how many bytes a process has with everything below it; what several share counts once."""
    try:
        family = [pid, *(each.pid for each in psutil.Process(pid).children(recursive=True))]
        return sum(map(share, family))
    except psutil.Error:
        return 0


def share(pid: int) -> int:
    """Return one process's share of its memory; where the system does not tell, all of it."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) * 1024
    except (OSError, StopIteration):
        return int(psutil.Process(pid).memory_info().rss) if psutil.pid_exists(pid) else 0


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
    seconds, most = graded(folder, 2, look=True)
    print(f"{STUDENTS} students × {len(wanted)} exercises  {seconds:6.0f} s with two workers")
    print(f"a result                   {seconds / (STUDENTS * len(wanted)):6.3f} s")
    print(f"peak memory                {most / 2**20:6.0f} MiB, all processes together")


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
