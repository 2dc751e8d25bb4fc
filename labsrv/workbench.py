"""What notebooks put on the table: views joined to what they show.

CheckPanel("02_sessions/renew_id")            checked now, and again on each save
CheckPanel("02_sessions/renew_id", lab=lab)   the same; a button lets this lab run the learner's code
Predict("02_sessions/whose", "Alice's", "…")  what one expects of the next cell, kept and never graded
Course()                                      where one is in the course, and what is next
compare("02_sessions/renew_id", "begin_session", flaws.keep_the_planted_id)   the textbook's version, when solved
"""

import contextlib
import json
import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir

from labsrv import labs
from labsrv.grading.checks import live_lab
from labsrv.grading.checks.live_lab import run_mine
from labsrv.grading.checks.split import UNUSABLE
from labsrv.grading.checks.watcher import watcher_of
from labsrv.grading.course import predictions, progress
from labsrv.grading.course.exercises import Exercise, exercises, find_one, root
from labsrv.grading.course.overview import Standing, overview
from labsrv.grading.course.report import Report
from labsrv.grading.submission.loading import Problem
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.shown import as_text
from labsrv.widgets import CodeDiff, check_panel
from labsrv.widgets.base import View
from labsrv.widgets.course_map import CourseMap
from labsrv.widgets.prediction import PredictionView

__all__ = ["CheckPanel", "Course", "Predict", "compare", "run_mine"]

START_FIRST = "The lab is not running. Start it again: run the cell with `lab = start({!r})`."

KEPT_BACK = "The textbook's version is shown once {} has all its points. To see it now, add anyway=True."
FIRST_CHECK_SECONDS = 30.0
STILL = "\nThe lab still runs what you had saved before."


class CheckPanel(check_panel.ReportPanel):
    """The panel of one exercise. Raises `LookupError` for an unknown one."""

    def __init__(self, name: str, *, lab: Lab | None = None):
        self.watcher = watcher_of(name)
        self.exercise: Exercise = self.watcher.exercise
        self.lab = lab
        self.running = threading.Lock()
        self.judged = threading.Event()
        super().__init__(
            on_check=self.watcher.check_now,
            on_run=self.run_in_background,
            unusable=UNUSABLE,
            following=following(self.exercise),
            file=file_of(self.exercise.stub),
            live={"can": lab is not None, "runs": "", "busy": False, "said": ""},
            report=check_panel.NO_REPORT | {"exercise": self.exercise.name, "title": self.exercise.title},
        )
        # Show what is known already; a watcher may have been at work for another panel.
        self.look()
        self.watcher.listeners.append(self.look)
        self.watcher.after_saves.append(self.run_what_was_saved)

    def look(self) -> None:
        """Show what the watcher knows now."""
        state = self.watcher.state
        with self.lock, self.hold_sync():
            if state.report and state.report is not self.latest:
                self.show_report(state.report)
            self.best, self.at, self.checking = state.best, state.at, state.checking
            self.note = state.problem or state.note
        if state.report or state.problem:
            self.judged.set()

    def as_text(self) -> str:
        """Return the report, once there is one, for front ends and people that see no widgets."""
        self.judged.wait(FIRST_CHECK_SECONDS)
        state = self.watcher.state
        return as_text(Report.from_json(state.report)) if state.report else state.problem

    def run_in_background(self, which: str) -> None:
        """Let the live lab run the learner's code, or the secure code; the cell that asks need not wait."""
        self.show_live(busy=True, said="")
        threading.Thread(target=self.run, args=(which,), name="run in the live lab", daemon=True).start()

    def run(self, which: str) -> None:
        """Let the live lab run the learner's code, or the secure code, and say what keeps it from that."""
        with self.running:
            lab = self.lab_now()
            said = START_FIRST.format(self.exercise.technique)
            if lab:
                try:
                    said = self.plug_in(lab, which)
                except (Problem, LookupError, TypeError, OSError, EOFError) as error:
                    said = f"{error}{STILL if self.live['runs'] == 'mine' else ''}"
            self.show_live(busy=False, said=said)

    def plug_in(self, lab: Lab, which: str) -> str:
        """Plug the code into a lab; return nothing to be said."""
        if which == "mine":
            run_mine(lab, self.exercise.name, told=lambda said: self.show_live(said=said))
        else:
            live_lab.run_secure(lab)
        if lab is not self.lab or not self.live["runs"]:
            self.lab = lab
            lab.at_stop.append(lambda: self.show_live(runs="", said=""))
        self.show_live(runs=which)
        return ""

    def run_what_was_saved(self) -> None:
        """Let a lab that runs the learner's code run what they have saved since."""
        if self.live["runs"] == "mine":
            self.run("mine")

    def lab_now(self) -> Lab | None:
        """Return the lab that was given, or the one that has taken its place."""
        if self.lab and self.lab.server:
            return self.lab
        return labs.LIVE.get(self.lab.name if self.lab else self.exercise.technique)


class Course(CourseMap):
    """Where you are in the course, and what is next."""

    def __init__(self) -> None:
        super().__init__(whereabouts)


class Predict(PredictionView):
    """What you expect of the next cell: one of the choices, or a line where there are none. Kept, never graded."""

    def __init__(self, name: str, *choices: str):
        super().__init__(choices, partial(predictions.keep, name), said=predictions.said(name))


def whereabouts() -> dict[str, Any]:
    """Return the course as plain data, for `CourseMap`."""
    course = overview()
    step = course.following
    lessons = [
        {"name": each.name, "title": each.title, "points": each.points[0], "out_of": each.points[1],
         "file": each.notebook and file_of(each.notebook), "steps": [row_of(one) for one in each.steps]}
        for each in course.lessons
    ]  # fmt: skip
    ahead: dict[str, Any] = {}
    if step:
        notebook = next(each.notebook for each in course.lessons if each.name == step.exercise.lesson)
        ahead = row_of(step) | {"name": step.exercise.name, "lesson": step.exercise.lesson}
        ahead["notebook"] = notebook and file_of(notebook)
    return {
        "lessons": lessons,
        "following": ahead,
        "requirements": {"met": course.met, "of": len(course.asvs)},
    }


def row_of(step: Standing) -> dict[str, Any]:
    """Return an exercise as plain data."""
    state = "done" if step.done else "begun" if step.best else "new"
    row = {"stem": step.exercise.stem, "title": step.exercise.title, "state": state}
    return row | {"best": step.best, "out_of": step.out_of, "file": file_of(step.exercise.stub)}


def file_of(file: Path) -> dict[str, Any]:
    """Return a file as a view opens it."""
    return {"name": file.name, "shown": file.relative_to(root()).as_posix(), "path": from_the_server(file)}


def following(exercise: Exercise) -> str:
    """Return what there is to do when every promise of an exercise is kept."""
    names = [each.name for each in exercises(exercise.lesson)]
    after = exercises(exercise.lesson)[names.index(exercise.name) + 1 :]
    if after:
        return f"Read on in the notebook; the next exercise is {after[0].stem}: {after[0].title}."
    return "That was the last exercise of this lesson. Read on to the end of the notebook."


def from_the_server(file: Path) -> str | None:
    """Return a file's path as the Jupyter server knows it, or None where there is no server or it can't reach it."""
    about = Path(jupyter_runtime_dir()) / f"jpserver-{os.environ.get('JPY_PARENT_PID') or os.getppid()}.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        served = Path(json.loads(about.read_text(encoding="utf-8"))["root_dir"])
        return file.resolve().relative_to(served.resolve()).as_posix()
    return None


def compare(name: str, decision: str, flawed: Callable[..., Any], *, anyway: bool = False) -> View | None:
    """Return the textbook's version of a decision beside a flawed one, once every point of its exercise is earned.

    compare("02_sessions/renew_id", "begin_session", flaws.keep_the_planted_id)
    """
    exercise = find_one(name)
    earned = progress.load().get(exercise.name, {})
    if anyway or (earned and earned["best"] == earned["out_of"]):
        return CodeDiff(labs.secure(exercise.technique, decision), flawed)

    print(KEPT_BACK.format(exercise.name))
    return None
