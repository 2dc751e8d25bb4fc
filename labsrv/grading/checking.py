"""Check exercises: from the command line in this process, from a notebook in a runner. Both say the same."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType

from labsrv.grading import parts, progress, zygotes
from labsrv.grading.branches import Runner
from labsrv.grading.course import Exercise, find, root
from labsrv.grading.processes import CAN_FORK
from labsrv.grading.report import CheckResult, Report
from labsrv.grading.zygotes import shared_zygote
from labsrv.kit.shown import Shown

if TYPE_CHECKING:
    from labsrv.grading.plugin import Grading

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
    grading, code = graded(wanted, submission, seed, ready)
    if code == INTERRUPTED and not grading.unreadable:
        raise Interrupted

    by_name = {report.exercise: report for report in grading.reports()}
    return [by_name.get(each.name) or without_checks(each, grading.unreadable) for each in wanted]


def run_part(exercise: Exercise, part: tuple[int, int], ready: Callable[[], None]) -> dict[str, Any]:
    """Run one part of an exercise's checks, and return what `parts.together` makes a report of."""
    grading, _ = graded([exercise], None, None, ready, part)
    reports = [without_checks(exercise, grading.unreadable)] if grading.unreadable else grading.reports()
    return {"reports": [each.as_json() for each in reports], "unusable": grading.unusable()}


def graded(
    wanted: Sequence[Exercise],
    submission: Path | None,
    seed: str | None,
    ready: Callable[[], None],
    part: tuple[int, int] | None = None,
) -> "tuple[Grading, int]":
    """Run checks with pytest; return what counted the points, and pytest's exit code."""
    import pytest

    from labsrv.grading.plugin import GRADING

    kept: list[Any] = []

    class Keep:
        def pytest_configure(self, config: pytest.Config) -> None:
            kept.append(config.stash[GRADING])
            kept[0].part = part
            config.option.tbstyle = "native"  # the others read the sources of all modules; no report shows any

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtestloop(self, session: pytest.Session) -> None:
            kept[0].prepare()
            ready()

    options = ["--rootdir", str(root()), "-c", str(root() / "pyproject.toml"), *QUIET]
    if submission:
        options += ["--submission", str(submission.resolve())]
    if seed:
        options += ["--seed", seed]

    with pytest.MonkeyPatch.context() as here:
        here.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        zygotes.prepare()  # it starts up while pytest collects
        files = [str(each.checks) for each in wanted]
        code = pytest.main([*options, "-p", "labsrv.grading.plugin", *files], plugins=[Keep()])

    return kept[0], int(code)


def without_checks(exercise: Exercise, unreadable: list[str]) -> Report:
    """Return the report of an exercise whose checks can't be run."""
    said = "The checks can't be run, which is not your doing: " + "; ".join(unreadable or ["none were found"])
    broken = CheckResult("checks", "The checks can be read.", "broken", message=said)
    return Report(exercise.name, exercise.title, [broken])


class Reports(Shown):
    """Several reports, one below the other."""

    def __init__(self, reports: list[Report]):
        self.reports = reports

    def __rich__(self) -> RenderableType:
        return Group(*self.reports)

    def __iter__(self) -> Any:
        return iter(self.reports)

    def __repr__(self) -> str:
        return f"<Reports {[report.exercise for report in self.reports]}>"


def check(name: str, *, hints: int = 0) -> Report | Reports:
    """Check the learner's own version of an exercise (or of all exercises of a lesson) and return the report."""
    reports, said = checked(name)
    if said:
        print(said, file=sys.stderr)
    for report in reports:
        report.shown_hints = hints
    return reports[0] if len(reports) == 1 else Reports(reports)


def checked(name: str, runners: Sequence[Runner] = ()) -> tuple[list[Report], str]:
    """Return the reports, and what is to be said beside them. A process of its own runs the checks, or `runners` share
    them.

    Raises `LookupError` for an unknown name, `RuntimeError` when the checks could not be run.
    """
    (exercise, *more) = find(name)
    try:
        if runners and not more:
            return in_runners(exercise, runners)
        rows, said = in_a_runner(name) if CAN_FORK else in_a_new_process(name)
    except (EOFError, OSError):
        # The zygote is gone, or can't fork any more.
        rows, said = in_a_new_process(name)
    return [Report.from_json(row) for row in rows], said


def in_a_runner(name: str) -> tuple[list[dict[str, Any]], str]:
    """Return the reports of a fork of the zygote, where the imports are warm, and what it complained of."""
    (answer,) = answers([Runner(shared_zygote(), order_for(name))])
    return answer["reports"], answer["said"].strip()


def in_runners(exercise: Exercise, runners: Sequence[Runner]) -> tuple[list[Report], str]:
    """Return the report of what runners say who share an exercise's checks, and what they complained of."""
    found = answers(runners)
    report = parts.together(exercise, found)
    if {each.name for each in report.checks} == set(exercise.after()):
        progress.record([report])
    return [report], "\n".join(filter(None, dict.fromkeys(each["said"].strip() for each in found)))


def answers(runners: Sequence[Runner]) -> list[dict[str, Any]]:
    """Return what runners answer, all of them at work at the same time; raises `RuntimeError` with what one raised."""
    with contextlib.ExitStack() as ends:
        for each in runners:
            ends.callback(each.close)
            each.go()
        found = [each.answer() for each in runners]
        ends.pop_all()
    for answer in found:
        if "raised" in answer:
            raise RuntimeError(f"The checks could not be run:\n{answer['raised'].strip()}")
    return found


def order_for(name: str, part: tuple[int, int] | None = None) -> dict[str, Any]:
    """Return what a runner is told: what to check, and in which surroundings."""
    return {"name": name, "folder": str(root()), "env": dict(os.environ), "part": part}


def in_a_new_process(name: str) -> tuple[list[dict[str, Any]], str]:
    """Return the same from the command line's own process, for systems that can't fork."""
    command = [sys.executable, "-m", "labsrv.cli", "check", name, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=root())
    if done.returncode not in (0, 1, 3) or not done.stdout:
        raise RuntimeError(f"The checks could not be run:\n{done.stderr.strip()}")

    found = json.loads(done.stdout)
    return (found if isinstance(found, list) else [found]), done.stderr.strip()
