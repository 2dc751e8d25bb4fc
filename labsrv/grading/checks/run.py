"""Run the checks of exercises with pytest, in this process."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from labsrv.grading.checks.scoring import GRADING, Grading
from labsrv.grading.course.exercises import Exercise, root
from labsrv.grading.course.report import CheckResult, Report
from labsrv.grading.forks.orders import RunnerAnswer
from labsrv.grading.forks.shared import start_if_needed
from labsrv.surroundings import MISLEADING

# What no report shows: the terminal, traces, warnings of a library, and what else pytest could do meanwhile.
LEFT_OUT = [
    "cacheprovider",
    "debugging",
    "doctest",
    "faulthandler",
    "junitxml",
    "legacypath",
    "logging",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminal",
    "threadexception",
    "unraisableexception",
    "warnings",
]
QUIET = ["-o", "addopts=--import-mode=importlib", *(word for name in LEFT_OUT for word in ("-p", f"no:{name}"))]


INTERRUPTED = 2  # pytest.ExitCode.INTERRUPTED


class Interrupted(Exception):
    """Somebody pressed Ctrl-C; nothing of the run was recorded."""


def run(
    wanted: Sequence[Exercise],
    submission: Path | None = None,
    seed: str | None = None,
    ready: Callable[[], None] = lambda: None,
) -> list[Report]:
    """Run the checks of some exercises and return their reports; `ready` is called right before the first of them.

    Raises `Interrupted` on Ctrl-C.
    """
    grading, code = run_pytest(wanted, submission, seed, ready)
    if code == INTERRUPTED and not grading.unreadable:
        raise Interrupted

    by_name = {report.exercise: report for report in grading.reports()}
    return [by_name.get(each.name) or without_checks(each, grading.unreadable) for each in wanted]


def run_part(exercise: Exercise, part: tuple[int, int], ready: Callable[[], None]) -> RunnerAnswer:
    """Run one part of an exercise's checks, and return what `split.merged` makes a report of."""
    grading, _ = run_pytest([exercise], None, None, ready, part)
    reports = [without_checks(exercise, grading.unreadable)] if grading.unreadable else grading.reports()
    return {"reports": [each.as_json() for each in reports], "unusable": grading.unusable()}


def run_pytest(
    wanted: Sequence[Exercise],
    submission: Path | None,
    seed: str | None,
    ready: Callable[[], None],
    part: tuple[int, int] | None = None,
) -> tuple[Grading, int]:
    """Run checks with pytest; return what counted the points, and pytest's exit code."""
    kept: list[Any] = []

    # pytest shows its settings to plugins only, and a runner waits where pytest would begin with the first check.
    class Keep:
        def pytest_configure(self, config: pytest.Config) -> None:
            kept.append(config.stash[GRADING])
            kept[0].part = part
            config.option.tbstyle = "native"  # the others read the sources of all modules; no report shows any

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtestloop(self, session: pytest.Session) -> None:
            kept[0].prepare()
            ready()

    # The course's own settings, wherever this was called from.
    options = ["--rootdir", str(root()), "-c", str(root() / "pyproject.toml"), *QUIET]
    if submission:
        options += ["--submission", str(submission.resolve())]
    if seed:
        options += ["--seed", seed]

    # Other plugins that are installed here, and this user's own options, could change what a check is.
    with pytest.MonkeyPatch.context() as here:
        here.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        for name in MISLEADING:
            here.delenv(name, raising=False)
        start_if_needed()  # it starts up while pytest collects
        with chdir(root()):
            files = from_here(each.checks for each in wanted)
            code = pytest.main([*options, "-p", "labsrv.grading.checks.plugin", *files], plugins=[Keep()])

    return kept[0], int(code)


def from_here(files: Iterable[Path]) -> list[str]:
    """Return how pytest is told of files, from where this process works: in `a[b]/`, it would take `[b]` for a row."""
    return [os.path.relpath(each) if each.is_relative_to(Path.cwd()) else str(each) for each in files]


def without_checks(exercise: Exercise, unreadable: list[str]) -> Report:
    """Return the report of an exercise whose checks can't be run."""
    said = "The checks can't be run, which is not your doing: " + "; ".join(unreadable or ["none were found"])
    broken = CheckResult("checks", "The checks can be read.", "broken", message=said)
    return Report(exercise.name, exercise.title, [broken])
