"""Kill the grader at random moments, resume it each time, and compare the gradebook with that of an undisturbed run.

    python3 lab.py bench kill_and_resume

AUTHLAB_KILLS is how often (20), AUTHLAB_CLASS how many students there are (100), AUTHLAB_SEED when it happens.
"""

import os
import random
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from labsrv.grading.course.exercises import Exercise, find, root

KILLS = int(os.environ.get("AUTHLAB_KILLS", "20"))
STUDENTS = int(os.environ.get("AUTHLAB_CLASS", "100"))
EXERCISE = "00_start_here/00_template"
COLUMNS = "student, exercise, status, points, out_of, reason, report, layers, seed, fingerprint"
LONGEST = 600.0  # seconds that any run may take


def hand_in(folder: Path, exercise: Exercise) -> None:
    """Let solutions, stubs and near misses be handed in, no two of them alike."""
    answers = [exercise.solution, exercise.stub, *exercise.near_misses]
    for number in range(STUDENTS):
        file = exercise.in_submission(folder / f"student-{number:03}")
        file.parent.mkdir(parents=True)
        text = answers[number % len(answers)].read_text(encoding="utf-8")
        file.write_text(f"{text}\n# student {number}\n", encoding="utf-8")


def grader(submissions: Path, out: Path) -> subprocess.Popen[bytes]:
    """Return a grader that has begun."""
    command = [sys.executable, "-m", "labsrv.cli", "grade", str(submissions), "--out", str(out), "--only", EXERCISE]
    return subprocess.Popen([*command, "--seed", "7", "--jobs", "2"], stdout=subprocess.DEVNULL, cwd=root())


def contents(out: Path) -> list[tuple[object, ...]]:
    """Return what a gradebook says, without when it was written and how long that took."""
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        rows = book.execute(f"SELECT {COLUMNS} FROM results ORDER BY student, exercise").fetchall()
        rows += book.execute("SELECT * FROM students ORDER BY student").fetchall()
        rows += book.execute("SELECT * FROM exercises").fetchall() + book.execute("PRAGMA integrity_check").fetchall()
    book.close()
    return rows


def graded(out: Path) -> int:
    """Return how many results there are by now."""
    try:
        return sum(1 for row in contents(out) if row[2:3] == ("graded",))
    except sqlite3.Error:
        return 0


def measure() -> None:
    """Run once undisturbed and once with kills, and compare."""
    (exercise,) = find(EXERCISE)
    seed = os.environ.get("AUTHLAB_SEED") or secrets.token_hex(4)
    draw = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="authlab-kill-"))
    try:
        hand_in(folder / "in", exercise)
        start, whole = undisturbed(folder)
        # Some kills hit the start, and none so late that nothing is left to be done.
        latest = start + 2 * (whole - start) / max(KILLS, 4)
        progress = [disturb(folder, draw.uniform(0, latest)) for _ in range(KILLS)]
        assert grader(folder / "in", folder / "killed").wait(LONGEST) == 0
        same = contents(folder / "whole") == contents(folder / "killed")
        csv = [(folder / each / "grades.csv").read_bytes() for each in ("whole", "killed")]
    finally:
        shutil.rmtree(folder)

    print(f"killed                     {KILLS:6} times, AUTHLAB_SEED={seed}")
    print(f"graded at each kill        {' '.join(str(count) for count, _ in progress)} of {STUDENTS}")
    print(f"left running               {sum(left for _, left in progress):6} processes      (bound: 0)")
    print(f"gradebook and grades       {'equal' if same and csv[0] == csv[1] else 'DIFFERENT':>6}      (bound: equal)")


def undisturbed(folder: Path) -> tuple[float, float]:
    """Let a grader finish; return the seconds until its first result, and until its end."""
    began = time.monotonic()
    process = grader(folder / "in", folder / "whole")
    while not graded(folder / "whole") and process.poll() is None:
        time.sleep(0.05)
    start = time.monotonic() - began
    assert process.wait(LONGEST) == 0
    return start, time.monotonic() - began


def disturb(folder: Path, seconds: float) -> tuple[int, int]:
    """Kill a grader after some time; return how many results there are, and how many processes it left running."""
    process = grader(folder / "in", folder / "killed")
    time.sleep(seconds)
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, left = psutil.wait_procs(family, timeout=10)
    return graded(folder / "killed"), len(left)


if __name__ == "__main__":
    measure()
