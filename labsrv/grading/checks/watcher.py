"""The watcher: one exercise on which the learner works, checked in the background whenever they save.

watcher = watcher_of("02_sessions/renew_id")  the same for everyone who asks, so that a save is checked once
watcher.listeners.append(look)                   called after each change of `watcher.state`
watcher.check_now()
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from labsrv.grading.checks import check, split
from labsrv.grading.course import progress
from labsrv.grading.course.exercises import Exercise, find
from labsrv.grading.course.report import ReportRow
from labsrv.grading.forks.runner import Runner
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.forks.start import start_zygote
from labsrv.grading.system.processes import CAN_FORK

WATCHERS: dict[str, "Watcher"] = {}
# In milliseconds: an editor's several writes are one save.
DEBOUNCE, STEP = 30, 5
# In seconds: how long an empty file may be one that an editor has opened and not yet written.
EMPTY_SECONDS, LOOK_SECONDS = 0.5, 0.01
UNWATCHED = "Saves can't be seen on this system ({}): press “Check now” instead."


@dataclass(frozen=True)
class State:
    """What is known: the latest report as plain data, the best points so far, when it was checked (seconds since the
    epoch, the machine's own), and what keeps us from knowing more."""

    report: ReportRow | None = None
    best: int = 0
    at: float = 0.0
    checking: bool = False
    problem: str = ""
    note: str = ""


class WarmRunners:
    """Runners that are ready for the exercise that was checked last: the next save need only be judged."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: Any = None
        self.runners: list[Runner] = []

    def prepare(self, exercise: Exercise) -> None:
        """Make runners ready for an exercise; those before are let go."""
        with self.lock, contextlib.suppress(OSError, EOFError):
            self.let_go()
            if CAN_FORK:
                self.key = key_of(exercise)
                many = split.how_many()
                for number in range(many):
                    order = check.order_for(exercise.name, (number, many))
                    self.runners.append(Runner(shared_zygote(), order))

    def take(self, exercise: Exercise) -> list[Runner]:
        """Return the runners if they are for this exercise, and its checks and surroundings are as they were."""
        with self.lock, contextlib.suppress(OSError):
            if self.key == key_of(exercise) and len(self.runners) == split.how_many():
                runners, self.runners = self.runners, []
                return runners
        return []

    def close(self) -> None:
        """End the runners, if there are any."""
        with self.lock:
            self.let_go()

    def let_go(self) -> None:
        """End the runners that nobody took."""
        for each in self.runners:
            each.close()
        self.runners = []


def key_of(exercise: Exercise) -> Any:
    """Return all that a runner has looked at before the submission."""
    return exercise.checks.stat().st_mtime_ns, check.order_for(exercise.name)


WARM_RUNNERS = WarmRunners()


class Watcher:
    """Checks one exercise after another save, one check at a time; saves during a check make one more."""

    def __init__(self, exercise: Exercise):
        self.exercise = exercise
        self.state = State()
        self.listeners: list[Callable[[], None]] = []
        self.after_saves: list[Callable[[], None]] = []
        self.wanted = threading.Event()
        self.saved = False
        self.ended = threading.Event()
        start_zygote()  # from this thread: the first to ask is the one who writes the cell
        self.checker = threading.Thread(target=self.keep_checking, name=f"checks {exercise.name}", daemon=True)
        self.checker.start()
        threading.Thread(target=self.watch, name=f"watches {exercise.name}", daemon=True).start()
        self.check_now()

    def check_now(self) -> None:
        """Ask for a check; one that is under way is followed by one more."""
        self.wanted.set()

    def keep_checking(self) -> None:
        """Check whenever that is wanted."""
        if CAN_FORK:
            with contextlib.suppress(EOFError, OSError):
                shared_zygote().warm_up(runners=True)
        while self.wanted.wait() and not self.ended.is_set():
            self.wanted.clear()
            saved, self.saved = self.saved, False
            self.change(checking=True)
            self.wait_while_empty()
            self.check()
            for each in list(self.after_saves) if saved else []:
                each()

    def wait_while_empty(self) -> None:
        """Wait a moment where the file is empty or away, as it is while an editor writes it; then it is as it is."""
        end = time.monotonic() + EMPTY_SECONDS
        while time.monotonic() < end and is_empty(self.exercise.stub) and not self.ended.wait(LOOK_SECONDS):
            pass

    def check(self) -> None:
        """Check once, and show the listeners what came of it."""
        try:
            (report,), said = check.run_checks(self.exercise.name, WARM_RUNNERS.take(self.exercise))
        except Exception as error:
            self.change(checking=False, problem=str(error))
            return

        best = int(progress.load().get(self.exercise.name, {}).get("best", 0))
        at = progress.machine_time().timestamp()
        self.change(report=report.as_json(), best=best, at=at, checking=False, problem="", note=said)

        WARM_RUNNERS.prepare(self.exercise)

    def change(self, **change: Any) -> None:
        """Change what is known, and have every listener look."""
        self.state = replace(self.state, **change)
        for each in list(self.listeners):
            each()

    def watch(self) -> None:
        """Ask for a check after each save."""
        from watchfiles import watch

        # Many editors write another file and rename it: the folder is watched, and in it the one name.
        file = self.exercise.stub.resolve()
        try:
            for _ in watch(
                file.parent,
                watch_filter=lambda change, path: Path(path).name == file.name,
                debounce=DEBOUNCE,
                step=STEP,
                stop_event=self.ended,
                recursive=False,
                raise_interrupt=False,
            ):
                self.saved = True
                self.check_now()
        # As on a network drive: the panel still has its button.
        except (OSError, RuntimeError) as error:
            self.change(note=UNWATCHED.format(error))

    def close(self) -> None:
        """Stop watching and check."""
        self.ended.set()
        self.wanted.set()
        self.checker.join()
        WARM_RUNNERS.close()
        WATCHERS.pop(str(self.exercise.stub), None)


def is_empty(file: Path) -> bool:
    """Say whether nothing can be read in a file."""
    with contextlib.suppress(OSError):
        return file.stat().st_size == 0
    return True


def watcher_of(name: str) -> Watcher:
    """Return the watcher of one exercise. Raises `LookupError` for an unknown name, and for a whole lesson's."""
    wanted = find(name)
    if len(wanted) != 1:
        raise LookupError(f"{name} has {len(wanted)} exercises: {', '.join(each.name for each in wanted)}.")

    key = str(wanted[0].stub)
    if key not in WATCHERS:
        WATCHERS[key] = Watcher(wanted[0])
    return WATCHERS[key]
