"""Rows by name in a small JSON file beside the course, which several processes may change at once."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from labsrv.grading.course import atomic

Rows = dict[str, dict[str, Any]]


def read(place: Path, called: str) -> Rows:
    """Return a file's rows; one that can't be read is put aside, not lost. `called` is what a person calls them."""
    try:
        rows = json.loads(place.read_text(encoding="utf-8"))
        if isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values()):
            return rows
        raise ValueError("not an object of objects")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        aside = place.with_suffix(".unreadable.json")
        print(f"{called} could not be read ({error}). It was put aside as {aside.name}.", file=sys.stderr)
        place.replace(aside)
        return {}


@contextmanager
def changing(place: Path, called: str) -> Iterator[Rows]:
    """Yield a file's rows to change, and write them afterwards; an `OSError` leaves the file as it was."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with FileLock(place.with_suffix(".lock"), timeout=10):
        rows = read(place, called)
        yield rows
        atomic.replace(place, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
