"""Exercises with a race, graded many times through hosts: solutions must keep every promise, near misses break theirs.

    python3 lab.py bench races

AUTHLAB_ROUNDS is how often each file is graded, 50 unless it says otherwise, by the checks with a race in them and
those that they wait for. Near misses are those that such a check catches.
"""

import ast
import contextlib
import os
import re
from pathlib import Path

from rich.progress import track

from labsrv.grading.classroom.jobs import Job
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import Exercise, exercises, functions, parsed

ROUNDS = int(os.environ.get("AUTHLAB_ROUNDS", "50"))
MEET = {"at_once", "under_way"}
LESSONS = ("04_passwordless", "06_two_factor")


def races(exercise: Exercise) -> list[str]:
    """Return the checks of an exercise that let requests meet, or hold one."""
    return [
        name for name, each in functions(exercise.checks).items() if MEET & names_in(each) and name.startswith("test_")
    ]


def names_in(node: ast.AST) -> set[str]:
    """Return the names that stand somewhere in a piece of code."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def near_misses(exercise: Exercise) -> dict[Path, str]:
    """Return the near misses that such a check catches, with its name."""
    named = {
        path: re.match(r"Caught by: (\w+)", ast.get_docstring(parsed(path)) or "") for path in exercise.near_misses
    }
    return {path: name[1] for path, name in named.items() if name and name[1] in races(exercise)}


def measure() -> None:
    """Print the wrong verdicts of each kind, by exercise."""
    wanted = [each for lesson in LESSONS for each in exercises(lesson) if races(each)]
    with contextlib.closing(Worker([each.name for each in wanted], None)) as worker:

        def outcomes(exercise: Exercise, path: Path) -> dict[str, str]:
            only = exercise.needed_for(races(exercise))
            worker.send(Job("", exercise, None, "0", ""), path.read_bytes(), only)  # type: ignore[arg-type]
            return {each["name"]: each["outcome"] for each in worker.receive(JOB_SECONDS)["report"]["checks"]}

        print(f"{'':34} solution refused   near misses let pass   of {ROUNDS} each", flush=True)
        for exercise in wanted:
            missed = near_misses(exercise)
            refused, passed = 0, 0
            for _ in track(range(ROUNDS), exercise.name, transient=True):
                refused += set(outcomes(exercise, exercise.solution).values()) != {"passed"}
                passed += sum(outcomes(exercise, path)[name] != "failed" for path, name in missed.items())
            print(
                f"{exercise.name:34} {refused:16}   {passed:5} ({', '.join(path.stem for path in missed)})", flush=True
            )


if __name__ == "__main__":
    measure()
