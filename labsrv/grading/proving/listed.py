"""Mutants that no check has to notice, each with the reason: tests/near_misses/NN_lesson/exercise/mutants.toml.

    [[equal]]
    mutant = "new_id: secrets.token_urlsafe(32) → secrets.token_urlsafe(33)"
    because = "More bits than are promised are no fewer."

A mutant is named as `authlab prove` prints it. The list is held to: one that is no mutant any more, or that a check
does notice, is to be taken off it.
"""

import tomllib
from pathlib import Path

from labsrv.grading.course.exercises import Exercise, root

NAME = "mutants.toml"


def listed(exercise: Exercise, hidden: Path | None = None) -> dict[str, str]:
    """Return the reasons by the mutants' names; raises `LookupError` for a file that is not as it should be."""
    folders = [root() / "tests" / "near_misses", *([hidden / "near_misses"] if hidden else [])]
    found: dict[str, str] = {}
    for folder in folders:
        path = folder / exercise.name / NAME
        if path.is_file():
            found |= reasons(path)
    return found


def reasons(path: Path) -> dict[str, str]:
    """Return what one file lists."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
        if set(rows) - {"equal"}:
            raise ValueError(f"there is {min(set(rows) - {'equal'})!r}")
        return {**dict(reason(row) for row in rows.get("equal", []))}
    except (ValueError, TypeError) as error:
        raise LookupError(f"{path} should have tables [[equal]] with `mutant` and `because`: {error}.") from error


def reason(row: dict[str, str]) -> tuple[str, str]:
    """Return a mutant's name and why it is listed."""
    if set(row) == {"mutant", "because"} and all(isinstance(each, str) and each.strip() for each in row.values()):
        return row["mutant"], row["because"]

    raise ValueError(f"one has {row}")
