"""What is said when a class is graded: how it went, what needs a look, and where everything lies."""

import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from labsrv.grading.classroom.gradebook import BROKEN, GRADED, NOT_SUBMITTED, REFUSED, Result
from labsrv.grading.classroom.output.csv_export import printable
from labsrv.grading.classroom.output.progress_bar import duration
from labsrv.grading.classroom.run import GradingRun, in_one_line

MOST_ROWS = 12


class Summary:
    """The end of a run."""

    def __init__(self, run: GradingRun, csv: Path, reports: Path | None, began: float):
        self.run = run
        self.reports = reports
        self.csv = csv
        self.seconds = time.monotonic() - began
        present = {each.student for each in run.intake.submissions}
        names = {each.name for each in run.wanted}
        every = run.book.results().values()
        self.results = [each for each in every if each.student in present and each.exercise in names]

    def __rich__(self) -> RenderableType:
        return Group(self.headline(), Text(), self.table(), *self.remarks(), Text(), *self.places())

    def headline(self) -> RenderableType:
        """Return how much was done in how long."""
        tally = self.run.tally
        kept = f", {tally.kept:,} kept: nothing about them has changed" if tally.kept else ""
        refused = sum(1 for each in self.run.intake.submissions if each.problem)
        graded = f"{tally.students - refused} of {tally.students}" if refused else f"{tally.students}"
        said = f"  {tally.graded:,} exercise{plural(tally.graded)} in {duration(self.seconds)}{kept}"
        return Text.assemble((f"Graded {graded} student{plural(tally.students)}.", "bold"), said)

    def table(self) -> RenderableType:
        """Return how each exercise went for the class."""
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
        table.add_column("Exercise")
        for column in ("Handed in", "Full marks", "Mean", "Out of"):
            table.add_column(column, justify="right")
        for exercise in self.run.wanted:
            mine = [each for each in self.results if each.exercise == exercise.name and each.status in (GRADED, BROKEN)]
            earned = [each.points or 0 for each in mine]
            best = max((each.out_of or 0 for each in mine), default=0)
            full = sum(1 for each in mine if each.out_of and each.points == each.out_of)
            mean = f"{sum(earned) / len(earned):.1f}" if earned else "–"
            table.add_row(exercise.name, str(len(mine)), str(full), mean, str(best or "–"))
        return table

    def remarks(self) -> Iterator[RenderableType]:
        """Yield what the instructor should know."""
        submissions = self.run.intake.submissions
        yield from block("Not graded", "red", [(each.student, each.problem) for each in submissions if each.problem])
        refused = [(each.student, each.reason) for each in self.odd(REFUSED) if each.student not in self.problems()]
        yield from block("Could not be graded", "red", refused)
        yield from block("Checks that can't be run", "magenta", sorted(self.run.unreadable().items()))
        stumbled = [each for each in self.odd(BROKEN) if each.exercise not in self.run.unreadable()]
        broken = [(f"{each.student} {each.exercise}", each.reason) for each in stumbled]
        yield from block("Worth a look: the grader itself stumbled", "magenta", broken)
        yield from block("Noted", "yellow", [(each.student, each.note) for each in submissions if each.note])
        if self.run.intake.ignored:
            names = ", ".join(map(printable, self.run.intake.ignored[:MOST_ROWS]))
            yield Text()
            yield Text(f"Neither folder nor .zip, and left alone: {names}", style="dim")

    def odd(self, status: str) -> list[Result]:
        return [each for each in self.results if each.status == status]

    def problems(self) -> set[str]:
        return {each.student for each in self.run.intake.submissions if each.problem}

    def places(self) -> Iterator[RenderableType]:
        """Say under which protection it was graded, and where the grades are."""
        absent = sum(1 for each in self.results if each.status == NOT_SUBMITTED)
        if absent:
            yield Text(f"{absent:,} exercise{plural(absent)} not submitted.", style="dim")
        if self.run.missing:
            yield Text(f"Sandbox: without {in_one_line(self.run.missing)}.", style="yellow")
        else:
            yield Text(f"Sandbox: all layers on ({', '.join(self.run.layers)}).", style="dim")
        yield Text.assemble("Grades:    ", (str(self.csv), "bold"))
        yield Text.assemble("Gradebook: ", (str(self.run.book.path), "bold"))
        if self.reports:
            yield Text.assemble("Reports:   ", (str(self.reports), "bold"))


def block(title: str, style: str, rows: list[tuple[str, str]]) -> Iterator[RenderableType]:
    """Yield a heading with its rows, if there are any; not more than one can read."""
    if not rows:
        return
    yield Text()
    yield Text(f"{title} ({len(rows)})" if len(rows) > 1 else title, style=f"bold {style}")
    for who, why in rows[:MOST_ROWS]:
        yield Text(f"  {printable(who)}: {printable(why)}" if why else f"  {printable(who)}")
    if len(rows) > MOST_ROWS:
        yield Text(f"  … and {len(rows) - MOST_ROWS} more: they are in the gradebook", style="dim")


def plural(many: int) -> str:
    """Return what makes a word plural."""
    return "" if many == 1 else "s"
