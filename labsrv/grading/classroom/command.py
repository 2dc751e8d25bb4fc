"""`authlab grade`, from what was asked for to the exit code."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from labsrv.grading.classroom.output import csv_export
from labsrv.grading.classroom.output import reports as text_reports
from labsrv.grading.classroom.output.progress_bar import progress_of
from labsrv.grading.classroom.output.summary import Summary
from labsrv.grading.classroom.run import GradingRun, Options
from labsrv.kit.errors import SaidPlainly

GRADED, PROBLEM, BROKEN_CHECK, INTERRUPTED = 0, 2, 3, 130


def grade(
    submissions: Path,
    regrade: Sequence[str] | None,
    *,
    out: Path,
    only: str | None,
    jobs: int | None,
    checks: Path | None,
    seed: str | None,
    latest: bool,
    reports: Path | None,
    show_hidden: bool,
    require_sandbox: bool,
) -> int:
    """Grade a class, show how far it is, and return the exit code."""
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    began = time.monotonic()
    hidden = checks.resolve() if checks else None
    options = Options(only, jobs or cores(), hidden, seed, regrade, require_sandbox, latest)
    try:
        with GradingRun(submissions, out, options) as run:
            # Each result is in the gradebook before its event comes out here, so Ctrl-C loses none.
            try:
                with progress_of(run, console) as progress:
                    for event in run.work():
                        progress.show(event)
            except KeyboardInterrupt:
                return say_what_is_kept(run)

            # Written from the gradebook, which has the students of earlier runs as well.
            csv = csv_export.write(run)
            if reports:
                text_reports.write(run.book, reports, show_hidden)
            console.print(Summary(run, csv, reports, began))
            return BROKEN_CHECK if run.unreadable() else GRADED
    except SaidPlainly as error:
        raise click.UsageError(str(error)) from error


def say_what_is_kept(run: GradingRun) -> int:
    """Print what is kept, and how to go on."""
    csv_export.write(run)
    tally = run.tally
    kept = f"{len(tally.done)} of {tally.students} students are graded and kept"
    click.echo(f"Stopped: {kept}. The same command goes on from here.", err=True)
    return INTERRUPTED


def cores() -> int:
    """Return how many cores this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 16)
