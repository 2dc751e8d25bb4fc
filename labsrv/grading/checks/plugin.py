"""The pytest plugin: runs an exercise's checks against the code under test.

    pytest exercises/02_sessions [--submission solutions] [--seed 7]

pytest runs here, in the trusted parent. The submission runs in a process of its own (`grading/submission`); the checks
drive the shop over HTTP and look at the store, the hasher and the clock, which are here as well. What a check is worth
is counted in `scoring.py`, what is said of it in `verdict.py`.
"""

import sys
from pathlib import Path

import pytest

from labsrv.grading.course.exercises import root


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a course."""
    group = parser.getgroup("authlab")
    group.addoption("--submission", type=Path, help="take the code under test from this folder (or single .py file)")
    group.addoption("--seed", help="draw names, ids and passwords from this seed")
    group.addoption("--hidden-checks", type=Path, help="a folder that mirrors exercises/, with checks of one's own")


def pytest_configure(config: pytest.Config) -> None:
    """Grade where checks are asked for; stay out of the way elsewhere."""
    folder = root() / "exercises"
    asked = [Path(config.invocation_params.dir, arg.split("::")[0]).resolve() for arg in config.args]
    if any(each == folder or folder in each.parents or each in folder.parents for each in asked):
        if sys.flags.optimize:
            raise pytest.UsageError(
                "Python leaves out asserts and docstrings here, of which checks are made: unset PYTHONOPTIMIZE, and "
                "start it without -O."
            )
        from labsrv.grading.checks import fixtures
        from labsrv.grading.checks.hooks import Hooks
        from labsrv.grading.checks.scoring import GRADING, Grading

        grading = config.stash[GRADING] = Grading(config.getoption("--submission"), config.getoption("--seed"))
        config.pluginmanager.register(Hooks(grading), "authlab-grading")
        config.pluginmanager.register(fixtures, "authlab-fixtures")
