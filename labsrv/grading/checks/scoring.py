"""What one run of checks came to: which checks there are, which of them wait, and what each one earned."""

import secrets
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from labsrv.grading.checks.split import UNUSABLE, in_order, share, waits_for
from labsrv.grading.course.exercises import Exercise, root
from labsrv.grading.course.promises import Promise, promise_of
from labsrv.grading.course.report import HIDDEN, CheckResult, Report
from labsrv.kit.text import cut, plain

if TYPE_CHECKING:
    from labsrv.grading.forks.exercise_client import CodeUnderTest
    from labsrv.grading.forks.fork_server import ForkServer

GRADING: pytest.StashKey["Grading"] = pytest.StashKey()
MOST_LINES, LONGEST_LINE = 24, 500
IS_CHECK: pytest.StashKey[bool] = pytest.StashKey()


class Grading:
    """One run: the code under test, and what each check came to, by exercise."""

    def __init__(self, submission: Path | None, seed: str | None):
        self.folder = root() / "exercises"
        self.submission = submission
        self.seed = seed or secrets.token_hex(4)
        self.results: dict[Exercise, dict[str, CheckResult]] = {}
        self.expected: dict[Exercise, set[str]] = {}
        self.after: dict[Exercise, dict[str, str | None]] = {}
        self.fork_server: ForkServer | None = None
        self.codes: dict[Exercise, CodeUnderTest] = {}
        self.unreadable: list[str] = []
        self.part: tuple[int, int] | None = None

    def note_checks(self, items: list[pytest.Item]) -> None:
        """Note which checks there are; keep one part of them if another run has the rest."""
        points: dict[Exercise, dict[str, int]] = {}
        for item in filter(is_check, items):
            points.setdefault(Exercise.of(item.path), {})[name_of(item)] = promise_of_item(item).points
        self.expected = {exercise: set(names) for exercise, names in points.items()}
        # Hidden honest use, too, comes before whatever carries points.
        for item in sorted(filter(is_check, items), key=lambda item: promise_of_item(item).points > 0):
            exercise = Exercise.of(item.path)
            self.after.setdefault(exercise, {})[name_of(item)] = after_of(item, points[exercise])

        if self.part:
            ours = {exercise: share(names, *self.part) for exercise, names in points.items()}
            items[:] = [each for each in items if is_check(each) and name_of(each) in ours[Exercise.of(each.path)]]

    def waits_for(self, item: pytest.Item) -> str | None:
        """Return why a check can't be judged yet, or None."""
        promise = promise_of_item(item)
        exercise = Exercise.of(item.path)
        earlier = self.results.get(exercise, {})
        if earlier and self.codes[exercise].problem:
            return UNUSABLE

        return waits_for(promise.points, promise.after, earlier, prefix=prefix_of(item), of_all=self.part is None)

    def note(self, item: pytest.Item, outcome: str, message: str) -> None:
        """Keep a check's outcome; the rows of a parametrized check are one promise, and the worst row counts."""
        promise = promise_of_item(item)
        results = self.results.setdefault(Exercise.of(item.path), {})
        row = getattr(item, "callspec", None)
        if row and outcome in ("failed", "broken"):
            # As `row.id`, which puts hyphens between the words of several lists.
            message = f"{', '.join(getattr(row, '_idlist', [row.id]))}: {message}"
        # One row that failed is enough, and a later one that passed makes up for nothing.
        before = results.get(name_of(item))
        if before and (before.outcome != "passed" or outcome == "passed"):
            return

        results[name_of(item)] = CheckResult(
            name=name_of(item),
            promise=" ".join((item.function.__doc__ or "").split()),  # type: ignore[attr-defined]
            outcome=outcome,
            points=promise.points if outcome == "passed" else 0,
            out_of=promise.points,
            message=fit_to_read(message),
            hints=list(promise.hints),
            asvs=promise.asvs,
            cwe=promise.cwe,
        )

    def reports(self) -> list[Report]:
        """Return what each exercise came to, its checks in their own order."""
        return [
            Report(
                each.name,
                each.title,
                in_order(results, self.after[each], self.found_unusable(each), of_all=self.part is None),
            )
            for each, results in self.results.items()
        ]

    def found_unusable(self, exercise: Exercise) -> set[str]:
        """Return the checks that found an exercise's submission of no use at all."""
        if not self.codes[exercise].problem:
            return set()

        return {name for name, each in self.results[exercise].items() if each.outcome == "failed"}

    def unusable(self) -> bool:
        """Return whether a submission can't be used at all."""
        return any(code.problem for code in self.codes.values())

    def code(self, exercise: Exercise) -> "CodeUnderTest":
        """Return this exercise's submission, at its server."""
        if exercise not in self.codes:
            path = exercise.in_submission(self.submission)
            self.codes[exercise] = self.server().open(
                exercise.technique, path, exercise.decisions(), closed=exercise.closed()
            )
        return self.codes[exercise]

    def server(self) -> "ForkServer":
        """Return the fork server that this run's submissions come from."""
        from labsrv.grading.forks.shared import new_fork_server

        self.fork_server = self.fork_server or new_fork_server()
        return self.fork_server

    def prepare(self) -> None:
        """Have the first exercise's server ready when its first check runs."""
        for exercise in list(self.expected)[:1]:
            self.server().prepare(exercise.technique, exercise.decisions())

    def is_whole(self, report: Report, arguments: list[str]) -> bool:
        """Return whether all checks of an exercise ran, and not single ones by their ids among pytest's arguments."""
        lesson, stem = report.exercise.split("/")
        by_id = any("::" in each for each in arguments)
        return not by_id and self.expected[Exercise(lesson, stem)] == {each.name for each in report.checks}

    def close(self) -> None:
        """End what submissions were forked from; a runner leaves that to the one that asked it."""
        from labsrv.grading.forks import shared

        if self.fork_server and self.fork_server is not shared.given:
            self.fork_server.close()


def fit_to_read(message: str) -> str:
    """Return a message that moves no cursor, turns no writing, and fits a screen: a submission's words may be in it."""
    lines = [cut(line, LONGEST_LINE) for line in plain(message).split("\n")]
    more = [f"({len(lines) - MOST_LINES + 1} lines more)"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[: MOST_LINES - len(more)], *more])


def is_check(item: pytest.Item) -> bool:
    """Return whether a test is a check of an exercise, the course's or a hidden one."""
    if IS_CHECK not in item.stash:
        item.stash[IS_CHECK] = isinstance(item, pytest.Function) and (is_the_courses(item) or is_hidden(item))
    return item.stash[IS_CHECK]


def is_the_courses(item: pytest.Item) -> bool:
    return item.path.parent.parent == item.config.stash[GRADING].folder


def is_hidden(item: pytest.Item) -> bool:
    folder = item.config.getoption("--hidden-checks")
    return folder is not None and item.path.parent.parent == folder.resolve()


def prefix_of(item: pytest.Item) -> str:
    """Return what the names of an instructor's own checks begin with: they may be called as the course's are."""
    return HIDDEN if is_hidden(item) else ""


def name_of(item: pytest.Item) -> str:
    """Return the check's name, the same for all of its rows."""
    return prefix_of(item) + (getattr(item, "originalname", None) or item.name)


def after_of(item: pytest.Item, known: Container[str]) -> str | None:
    """Return the name of the check that one comes after, or None: among hidden checks, then among the course's."""
    after = promise_of_item(item).after
    own = f"{prefix_of(item)}{after}"
    return (own if own in known else after) if after else None


def promise_of_item(item: pytest.Item) -> Promise:
    """Return what a check promises."""
    return promise_of(item.function)  # type: ignore[attr-defined]
