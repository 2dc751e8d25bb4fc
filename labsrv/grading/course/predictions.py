"""What a learner expected before they ran a cell: kept beside their progress, looked at by them alone, never graded."""

import re
from pathlib import Path

from labsrv.grading.course import rows
from labsrv.grading.course.exercises import root
from labsrv.grading.course.progress import machine_time

CALLED = "What you predicted"
NAME = re.compile(r"\d\d_\w+/[\w-]+")


def place() -> Path:
    """Return the file that holds the predictions."""
    return root() / ".authlab" / "predictions.json"


def said(name: str) -> str:
    """Return what was predicted, or "". A name has the form "02_sessions/whose-account"; raise `ValueError` else."""
    if not NAME.fullmatch(name):
        raise ValueError(f'A prediction\'s name begins with its lesson, as "02_sessions/whose-account" does: {name!r}')
    words = rows.read(place(), CALLED).get(name, {}).get("said", "")
    return words if isinstance(words, str) else ""


def keep(name: str, words: str) -> None:
    """Keep what somebody predicts, in the place of what they said before; raise `OSError` where it can't be written."""
    with rows.changing(place(), CALLED) as kept:
        kept[name] = {"said": words, "at": machine_time().isoformat(timespec="seconds")}
