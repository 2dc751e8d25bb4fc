"""The learner's progress, on disk beside the course: best and latest result of each exercise."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from labsrv.grading.course import atomic
from labsrv.grading.course.exercises import root
from labsrv.grading.course.report import Report
from labsrv.kit.clock import Clock


def place() -> Path:
    """Return the file that holds the progress."""
    return root() / ".authlab" / "progress.json"


def load() -> dict[str, dict[str, Any]]:
    """Return what is known of each exercise by name; a file that can't be read is put aside, not lost."""
    try:
        rows = json.loads(place().read_text(encoding="utf-8"))
        if isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values()):
            return rows
        raise ValueError("not an object of objects")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        aside = place().with_suffix(".unreadable.json")
        print(f"Your progress could not be read ({error}). It was put aside as {aside.name}.", file=sys.stderr)
        place().replace(aside)
        return {}


def record(reports: list[Report]) -> None:
    """Keep the results; a disk that can't be written to is said, and fails no check."""
    if not reports:
        return

    try:
        place().parent.mkdir(exist_ok=True)
        with FileLock(place().with_suffix(".lock"), timeout=10):
            rows = load()
            for report in reports:
                rows[report.exercise] = merged(rows.get(report.exercise, {}), report)
            atomic.replace(place(), json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        print(f"Your progress was not saved: {error}. Make room on the disk, then check again.", file=sys.stderr)


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
