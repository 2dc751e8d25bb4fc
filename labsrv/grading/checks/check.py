"""Check exercises from a notebook: in a runner, where the imports are warm, or in a process of its own."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence

from labsrv.grading.checks import split
from labsrv.grading.course import progress
from labsrv.grading.course.exercises import Exercise, find, root
from labsrv.grading.course.report import Report, ReportRow, Reports
from labsrv.grading.forks.orders import RunnerAnswer, RunnerOrder
from labsrv.grading.forks.runner import Runner
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.system.processes import CAN_FORK


def check(name: str, *, hints: int = 0) -> Report | Reports:
    """Check the learner's own version of an exercise (or of all exercises of a lesson) and return the report."""
    reports, said = run_checks(name)
    if said:
        print(said, file=sys.stderr)
    for report in reports:
        report.shown_hints = hints
    return reports[0] if len(reports) == 1 else Reports(reports)


def run_checks(name: str, runners: Sequence[Runner] = ()) -> tuple[list[Report], str]:
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


def in_a_runner(name: str) -> tuple[list[ReportRow], str]:
    """Return the reports of a fork of the zygote, where the imports are warm, and what it complained of."""
    (answer,) = answers([Runner(shared_zygote(), order_for(name))])
    return answer["reports"], answer["said"].strip()


def in_runners(exercise: Exercise, runners: Sequence[Runner]) -> tuple[list[Report], str]:
    """Return the report of what runners say who share an exercise's checks, and what they complained of."""
    found = answers(runners)
    report = split.merged(exercise, found)
    if {each.name for each in report.checks} == set(exercise.after()):
        progress.record([report])
    return [report], "\n".join(filter(None, dict.fromkeys(each["said"].strip() for each in found)))


def answers(runners: Sequence[Runner]) -> list[RunnerAnswer]:
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


def order_for(name: str, part: tuple[int, int] | None = None) -> RunnerOrder:
    """Return the order for a runner: what to check, and in which surroundings."""
    return {"name": name, "folder": str(root()), "env": dict(os.environ), "part": part}


def in_a_new_process(name: str) -> tuple[list[ReportRow], str]:
    """Return the same from the command line's own process, for systems that can't fork."""
    command = [sys.executable, "-m", "labsrv.cli", "check", name, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=root())
    if done.returncode not in (0, 1, 3) or not done.stdout:
        raise RuntimeError(f"The checks could not be run:\n{done.stderr.strip()}")

    found = json.loads(done.stdout)
    return (found if isinstance(found, list) else [found]), done.stderr.strip()
