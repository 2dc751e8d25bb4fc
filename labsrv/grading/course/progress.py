"""The learner's progress, on disk beside the course: best and latest result of each exercise."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from labsrv.grading.course import rows
from labsrv.grading.course.exercises import root
from labsrv.grading.course.report import Report
from labsrv.kit.clock import Clock
from labsrv.kit.unwritten import why_unwritten

CALLED = "Your progress"


def place() -> Path:
    """Return the file that holds the progress."""
    return root() / ".authlab" / "progress.json"


def load() -> rows.Rows:
    """Return what is known of each exercise by name; a file that can't be read is put aside, not lost."""
    return rows.read(place(), CALLED)


def record(reports: list[Report]) -> None:
    """Keep the results; a disk that can't be written to is said, and fails no check."""
    if not reports:
        return

    try:
        with rows.changing(place(), CALLED) as known:
            for report in reports:
                known[report.exercise] = merged(known.get(report.exercise, {}), report)
    except OSError as error:
        print(f"Your progress was not saved. {why_unwritten(error)} Then check again.", file=sys.stderr)


def merged(before: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return an exercise's row after one more result."""
    return {
        "best": max(int(before.get("best", 0)), report.points),
        "latest": report.points,
        "out_of": report.out_of,
        "at": machine_time().isoformat(timespec="seconds"),
        "checks": {each.name: each.outcome for each in report.checks},
    }


def machine_time() -> datetime:
    """Return the machine's own time, wherever this process's clock has been moved to."""
    clock = Clock()
    return clock.now() - clock.moved
