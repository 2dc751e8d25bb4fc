"""What one sees while a class is graded: how far it is, what runs now, and nothing that moves a cursor."""

import io

import pytest
from rich.console import Console

from labsrv.grading.classroom.jobs import Began, Done, Job
from labsrv.grading.classroom.output import progress_bar
from labsrv.grading.course.exercises import find

(EXERCISE,) = find("00_template")
DURATIONS = {0: "0 s", 59.4: "59 s", 60: "1 min 00 s", 125: "2 min 05 s", 3600: "1 h 00 min", 7384: "2 h 03 min"}


@pytest.mark.parametrize(("seconds", "said"), DURATIONS.items(), ids=DURATIONS.values())
def test_durations_fit_their_size(seconds, said):
    assert progress_bar.duration(seconds) == said


class FakeRun:
    """A round of which nobody does any work."""

    def __init__(self, students):
        self.jobs = [Job(student, EXERCISE, None, "7", "") for student in students]
        self.done = 1  # who was graded yesterday
        self.doing, self.workers = "Grading", 2

    def so_far(self):
        return f"{self.done} of {len(self.jobs) + 1} students graded"

    def work(self):
        for job in self.jobs:
            yield Began(job)
            self.done += 1
            yield Done(job, {}, 1.0)


def printed(thing):
    console = Console(file=io.StringIO(), width=90)
    console.print(thing)
    return console.file.getvalue()


def test_the_bar_says_how_far_it_is_and_what_runs_now():
    run = FakeRun(["alice", "bob", "\x1b[2Jmallory"])
    bar = progress_bar.ProgressBar(run, progress_bar.TimeLeft(len(run.jobs)))
    before = printed(bar)
    events = list(run.work())
    for event in events[:5]:
        bar.show(event)
    now = printed(bar)

    assert "1 of 4 students" in before and before.count("starting") == 2
    assert "alice" not in now and "\N{REPLACEMENT CHARACTER}[2Jmallory" in now and "\x1b" not in now
    assert EXERCISE.name in now and " left" in now
    assert before.count("\n") == now.count("\n"), "nothing jumps"


@pytest.mark.parametrize(("every", "lines"), [(0.0, 5), (1000.0, 0)])
def test_without_a_terminal_there_is_a_line_now_and_then(every, lines, monkeypatch):
    monkeypatch.setattr(progress_bar, "LINE_EVERY", every)
    console = Console(file=io.StringIO(), width=90)
    run = FakeRun([f"student-{n}" for n in range(6)])
    with progress_bar.progress_of(run, console) as progress:
        for event in run.work():
            progress.show(event)
    said = console.file.getvalue()

    assert len(said.splitlines()) == lines
    assert "\x1b" not in said and "\r" not in said
    if lines:
        assert said.splitlines()[0].startswith("2 of 7 students graded, ")


def test_the_time_left_is_told_once_it_can_be():
    time_left = progress_bar.TimeLeft(10)
    assert time_left.seconds_left() is None
    time_left.moments = [0.0]
    for second in range(1, 6):
        time_left.left -= 1
        time_left.moments.append(2.0 * second)

    assert time_left.seconds_left() == pytest.approx(10.0) and str(time_left) == "10 s left"
