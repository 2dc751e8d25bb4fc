"""What a result depends on besides the submission: the checks, this program, and the versions of everything it uses."""

import json
import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from labsrv.grading.course.exercises import Exercise, root

PARTS = ("*.py", "*.html")


@cache
def program() -> str:
    """Return a digest of Authlab's own sources, and of the versions of Python and all packages here."""
    sources = sorted(path for part in PARTS for path in (root() / "labsrv").rglob(part))
    packages = sorted({f"{each.name} {each.version}" for each in distributions()})
    return digest(sys.version, *packages, *(contents(path) for path in sources))


def of_checks(exercise: Exercise, hidden: Path | None) -> str:
    """Return a digest of all checks of an exercise."""
    return digest(*(contents(path) for path in checks_of(exercise, hidden)))


def checks_of(exercise: Exercise, hidden: Path | None) -> list[Path]:
    """Return the files with the checks of an exercise: the course's, then the instructor's hidden ones."""
    more = hidden / exercise.lesson / exercise.checks.name if hidden else None
    return [exercise.checks, *([more] if more and more.is_file() else [])]


def contents(path: Path) -> str:
    """Return a digest of a file."""
    return sha256(path.read_bytes()).hexdigest()


def digest(*parts: str) -> str:
    """Return one digest of several texts."""
    return sha256(json.dumps(parts).encode()).hexdigest()


def compact(value: object) -> str:
    """Return plain data as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
