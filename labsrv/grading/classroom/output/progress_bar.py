"""What one sees while many answers are judged: a bar in a terminal, a line now and then where there is none."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from labsrv.grading.classroom.jobs import Began, Done, Job
from labsrv.grading.classroom.output.csv_export import printable

LINE_EVERY = 30.0  # seconds
MIND = 40  # how many of the last results the speed is judged by


class TimeLeft:
    """How long it still takes, judged by the last results."""

    def __init__(self, jobs: int):
        self.left = jobs
        self.moments = [time.monotonic()]

    def count_one(self) -> None:
        """Note that a result is there."""
        self.left -= 1
        self.moments = [*self.moments[-MIND:], time.monotonic()]

    def seconds_left(self) -> float | None:
        """Return the seconds still to go, None while there are too few results."""
        many = len(self.moments) - 1
        return (self.moments[-1] - self.moments[0]) / many * self.left if many >= min(5, self.left) and many else None

    def __str__(self) -> str:
        seconds = self.seconds_left()
        if not self.left:
            return "done"
        return "time left: soon" if seconds is None else f"{duration(seconds)} left"


def duration(seconds: float) -> str:
    """Return a length of time in words that fit it."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


class ShownRun(Protocol):
    """A run that is to be shown: all its jobs, what is done with them in a word, and how many at a time."""

    jobs: list[Job]
    doing: str

    @property
    def workers(self) -> int:
        """Return how many jobs are done at a time."""

    def so_far(self) -> str:
        """Return how far it is, as in "3 of 200 students graded"."""


class ProgressView(Protocol):
    """Shows a run while it goes on."""

    def show(self, event: Began | Done) -> None:
        """Show an event."""


@contextmanager
def progress_of(run: ShownRun, console: Console) -> Iterator[ProgressView]:
    """Yield what shows how far a run is: a bar in a terminal, lines elsewhere, nothing where there is nothing to do."""
    time_left = TimeLeft(len(run.jobs))
    if not console.is_terminal or not run.jobs:
        yield ProgressLines(run, time_left, console)
        return

    bar = ProgressBar(run, time_left)
    with Live(bar, console=console, refresh_per_second=8, transient=True):
        yield bar


class ProgressBar:
    """A bar with what is done, the time left, and what runs now."""

    def __init__(self, run: ShownRun, time_left: TimeLeft):
        self.run = run
        self.time_left = time_left
        self.running: dict[str, str] = {}
        self.progress = Progress(
            TextColumn(f"[bold]{run.doing}"),
            BarColumn(bar_width=None, complete_style="green"),
            TextColumn("{task.fields[so_far]}"),
            TextColumn("[cyan]{task.fields[left]:>17}"),
            expand=True,
        )
        # The bar grows with each exercise; a student with many would let it stand still.
        self.task = self.progress.add_task("", total=len(run.jobs), so_far="", left="")

    def show(self, event: Began | Done) -> None:
        """Show an event."""
        name = f"{event.job.student} {event.job.exercise.name}"
        if isinstance(event, Began):
            self.running[name] = f"{printable(event.job.student)[:24]:24}  {event.job.exercise.name}"
        else:
            self.running.pop(name, None)
            self.time_left.count_one()

    def __rich__(self) -> RenderableType:
        done = len(self.run.jobs) - self.time_left.left
        self.progress.update(self.task, completed=done, so_far=self.run.so_far(), left=str(self.time_left))
        now = [Text(f"  {each}", style="dim", no_wrap=True, overflow="ellipsis") for each in self.lines()]
        return Group(self.progress, *now)

    def lines(self) -> Iterator[str]:
        """Yield what runs now, in as many lines as there are workers: nothing jumps."""
        running = list(self.running.values())
        for number in range(self.run.workers):
            yield running[number] if number < len(running) else "starting" if self.time_left.left else ""


class ProgressLines:
    """A line when something has happened and the last one is a while ago."""

    def __init__(self, run: ShownRun, time_left: TimeLeft, console: Console):
        self.run = run
        self.time_left = time_left
        self.console = console
        self.last = time.monotonic()

    def show(self, event: Began | Done) -> None:
        """Show an event."""
        if isinstance(event, Done):
            self.time_left.count_one()
        if isinstance(event, Done) and self.time_left.left and time.monotonic() - self.last >= LINE_EVERY:
            self.last = time.monotonic()
            self.console.print(f"{self.run.so_far()}, {self.time_left}")
