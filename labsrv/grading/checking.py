"""Check exercises: from the command line in this process, from a notebook in one of its own. Both say the same."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType

from labsrv import labs
from labsrv.grading.course import Exercise, find, root
from labsrv.grading.hosts import Host
from labsrv.grading.report import CheckResult, Report
from labsrv.grading.zygotes import shared_zygote
from labsrv.kit.lab import Lab
from labsrv.kit.shown import Shown

# Warnings of a library are nobody's answer; the terminal belongs to the reports.
QUIET = [
    "-p",
    "no:terminal",
    "-p",
    "no:cacheprovider",
    "-o",
    "filterwarnings=default",
    "-o",
    "addopts=--import-mode=importlib",
]


class Interrupted(Exception):
    """Somebody pressed Ctrl-C; nothing of the run was recorded."""


def run(wanted: Sequence[Exercise], submission: Path | None = None, seed: str | None = None) -> list[Report]:
    """Run the checks of some exercises and return their reports. Raises `Interrupted` on Ctrl-C."""
    import pytest

    from labsrv.grading.plugin import GRADING

    kept: list[Any] = []

    class Keep:
        def pytest_configure(self, config: pytest.Config) -> None:
            kept.append(config.stash[GRADING])

    options = ["--rootdir", str(root()), "-c", str(root() / "pyproject.toml"), *QUIET]
    if submission:
        options += ["--submission", str(submission.resolve())]
    if seed:
        options += ["--seed", seed]

    without_plugins = os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    shared_zygote()  # starts up while pytest collects
    try:
        files = [str(each.checks) for each in wanted]
        code = pytest.main([*options, "-p", "labsrv.grading.plugin", *files], plugins=[Keep()])
    finally:
        if without_plugins is None:
            del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        else:
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = without_plugins

    unreadable = kept[0].unreadable
    if code == pytest.ExitCode.INTERRUPTED and not unreadable:
        raise Interrupted

    by_name = {report.exercise: report for report in kept[0].reports()}
    return [by_name.get(each.name) or without_checks(each, unreadable) for each in wanted]


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
    find(name)
    command = [sys.executable, "-m", "labsrv.cli", "check", name, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=root())
    if done.returncode not in (0, 1, 3) or not done.stdout:
        raise RuntimeError(f"The checks could not be run:\n{done.stderr.strip()}")

    found = json.loads(done.stdout)
    reports = [Report.from_json(row) for row in (found if isinstance(found, list) else [found])]
    for report in reports:
        report.shown_hints = hints
    return reports[0] if isinstance(found, dict) else Reports(reports)


def run_mine(lab: Lab, name: str, *, solution: bool = False) -> None:
    """Let a running lab's shop use the learner's own decisions, in a process of their own; the next `start` ends that.

    Raises `Problem` with what is wrong with the file.
    """
    (exercise,) = find(name)
    if exercise.technique != lab.name:
        raise LookupError(f"{exercise.name} belongs to another lab: start({exercise.technique!r}).")

    path = exercise.solution if solution else exercise.stub
    workshop = shared_zygote().open(exercise.technique, path, exercise.decisions())
    host = workshop.fork(lab)
    lab.add_site(labs.MAIN_SITE, Live(host), lab.sites[labs.MAIN_SITE].routes)
    lab.at_stop += [host.end, workshop.close]


class Live:
    """A host that answers for the shop in a running lab, and tells the learner what their code raised."""

    def __init__(self, host: Host):
        self.host = host

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = self.host.app(environ, start_response)
        complaint = self.host.complaint()
        if complaint:
            print(f"Your code: {complaint}", file=sys.stderr, flush=True)
            self.host.raised.clear()
        return answer
