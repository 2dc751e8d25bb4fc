"""The stubs as they came with the course, so that one can start an exercise again."""

import subprocess
from hashlib import sha256
from pathlib import Path

from labsrv.grading.course import atomic
from labsrv.grading.course.exercises import Exercise, exercises, root


def place_of_copy(exercise: Exercise) -> Path:
    """Return where a copy of the stub is kept: another place when the course has brought other checks with it."""
    edition = sha256(exercise.checks.read_bytes()).hexdigest()[:8]
    return root() / ".authlab" / "stubs" / exercise.lesson / f"{exercise.stem}-{edition}.py"


def keep_all() -> None:
    """Copy each stub that has no copy yet. Done at the first start, before anybody edits one."""
    for exercise in exercises():
        if not place_of_copy(exercise).exists() and exercise.stub.exists():
            atomic.replace(place_of_copy(exercise), pristine(exercise) or exercise.stub.read_text(encoding="utf-8"))


def pristine(exercise: Exercise) -> str | None:
    """Return the stub as it came: from our copy, or from git; None where neither has it."""
    if place_of_copy(exercise).exists():
        return place_of_copy(exercise).read_text(encoding="utf-8")

    name = exercise.stub.relative_to(root()).as_posix()
    try:
        shown = subprocess.run(
            ["git", "show", f"HEAD:./{name}"], cwd=root(), capture_output=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None

    return shown.stdout.decode("utf-8")


def reset(exercise: Exercise) -> Path | None:
    """Put the stub back, and return where the learner's own version lies now; None if it was the stub anyway.

    Raises `LookupError` where no copy of the stub is to be had.
    """
    stub = pristine(exercise)
    if stub is None:
        raise LookupError(f"No copy of {exercise.name} is kept here: take {exercise.stub.name} from the course again.")

    mine = exercise.stub.read_text(encoding="utf-8", errors="replace") if exercise.stub.exists() else None
    if mine == stub:
        return None

    aside = None
    if mine is not None:
        aside = free_name(exercise.stub)
        atomic.replace(aside, mine)
    atomic.replace(exercise.stub, stub)
    return aside


def free_name(path: Path) -> Path:
    """Return a name beside the file that nothing has yet: `renew_id.mine.py`, `renew_id.mine-2.py`, …"""
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.mine{'' if number == 1 else f'-{number}'}.py")
        if not aside.exists():
            return aside
        number += 1
