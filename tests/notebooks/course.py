"""A copy of the course to try things in: what a test does there, no learner's progress hears of."""

import shutil
from pathlib import Path

import pytest

from labsrv.grading.course.exercises import find, functions, promise_arguments

COURSE = Path(__file__).parents[2]
NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))
# (Of a module: what is asked about one of them is asked of one run.)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem, scope="module")

# What a cell prints while nothing is fixed yet.
SUCCEEDED = r"^Mallory succeeded: "
NO_POINTS = r"  0 of \d+ points$"
UNFIXED = (NO_POINTS, SUCCEEDED)

PARTS = ("notebooks", "exercises", "solutions", "labsrv", "pyproject.toml")


def copy_course(to: Path) -> Path:
    """Copy what a learner works with, and return the folder; AUTHLAB_COURSE makes it the course."""
    for part in PARTS:
        if (COURSE / part).is_dir():
            shutil.copytree(COURSE / part, to / part, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(COURSE / part, to / part)
    return to


def worth(name: str) -> int:
    """Return the points that can be had in an exercise."""
    (exercise,) = find(name)
    promises = [promise_arguments(each) for each in functions(exercise.checks).values()]
    return sum(each["points"].value for each in promises if "points" in each)


def all_points(name: str) -> str:
    """Return what a panel says of an exercise whose points are all earned, such as `9 of 9 points`."""
    return f"{worth(name)} of {worth(name)} points"
