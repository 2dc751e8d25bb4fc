"""A class for tests: who hands in what, and the command that grades it."""

import shutil
import sqlite3
import subprocess
import sys

from labsrv.grading.course.exercises import find, root

LESSON = "00_start_here"
(TICKETS,) = find(f"{LESSON}/00_template")


def hand_in(folder, student, path, exercise=TICKETS, comment=""):
    """Let a student hand in a copy of a file."""
    place = exercise.in_submission(folder / student)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(path.read_text(encoding="utf-8") + comment, encoding="utf-8")


def small_class(folder, students=6):
    """Let a class hand in solutions, stubs and near misses in turn."""
    answers = [TICKETS.solution, TICKETS.stub, *TICKETS.near_misses]
    for number in range(students):
        path = answers[number % len(answers)]
        hand_in(folder, f"student-{number:03}", path, comment=f"\n# {number}\n")
    return folder


def command(submissions, out, *options):
    """Return the command line of the grader."""
    return [sys.executable, "-m", "labsrv.cli", "grade", str(submissions), "--out", str(out), *options]


def grade(submissions, out, *options):
    """Grade a class, on one worker unless told otherwise."""
    jobs = () if "--jobs" in options else ("--jobs", "1")
    return subprocess.run(command(submissions, out, *jobs, *options), capture_output=True, text=True, cwd=root())


def results(out):
    """Return what the gradebook has, without what is different each time: when, and how long it took."""
    columns = "student, exercise, status, points, out_of, reason, report, layers, seed, fingerprint"
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        found = {row[:2]: row[2:] for row in book.execute(f"SELECT {columns} FROM results")}
    book.close()
    return found


def points(out):
    """Return the points by student."""
    return {student: row[1] for (student, _), row in results(out).items()}


def moments(out):
    """Return when each result was made, to tell new ones from old ones."""
    with sqlite3.connect(out / "gradebook.sqlite") as book:
        found = dict(book.execute("SELECT student, graded_at || ' ' || seconds FROM results"))
    book.close()
    return found


def copy_course(folder):
    """Return a copy of the course whose checks can be edited."""
    for name in ("exercises", "solutions"):
        shutil.copytree(root() / name, folder / name, ignore=shutil.ignore_patterns("*.mine*", "__pycache__"))
    shutil.copy(root() / "pyproject.toml", folder)
    (folder / "labsrv").symlink_to(root() / "labsrv")
    return folder
