"""The pytest plugin: runs an exercise's checks against the code under test, and counts what it earned.

    pytest exercises/02_sessions [--submission solutions] [--seed 7]

pytest runs here, in the trusted parent. The submission runs in a host (`labsrv.grading.hosts`); the checks drive the
shop over HTTP and look at the store, the hasher and the clock, which are here as well.
"""

import secrets
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from labsrv.grading.course import Exercise, root
from labsrv.grading.parts import UNUSABLE, share, waits_for
from labsrv.grading.promises import Promise, promise_of
from labsrv.grading.report import HIDDEN, CheckResult, Report

GRADING: pytest.StashKey["Grading"] = pytest.StashKey()
IS_CHECK: pytest.StashKey[bool] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a course."""
    group = parser.getgroup("authlab")
    group.addoption("--submission", type=Path, help="take the code under test from this folder (or single .py file)")
    group.addoption("--seed", help="draw names, ids and passwords from this seed")
    group.addoption("--hidden-checks", type=Path, help="a folder that mirrors exercises/, with checks of one's own")


def pytest_configure(config: pytest.Config) -> None:
    """Grade where checks are asked for; stay out of the way elsewhere."""
    folder = root() / "exercises"
    asked = [Path(config.invocation_params.dir, arg.split("::")[0]).resolve() for arg in config.args]
    if any(each == folder or folder in each.parents or each in folder.parents for each in asked):
        from labsrv.grading import fixtures

        grading = Grading(config)
        config.stash[GRADING] = grading
        config.pluginmanager.register(grading, "authlab-grading")
        config.pluginmanager.register(fixtures, "authlab-fixtures")


class Grading:
    """One run: what each check came to, by exercise."""

    def __init__(self, config: pytest.Config):
        self.folder = root() / "exercises"
        self.submission: Path | None = config.getoption("--submission")
        self.seed = config.getoption("--seed") or secrets.token_hex(4)
        self.results: dict[Exercise, dict[str, CheckResult]] = {}
        self.expected: dict[Exercise, set[str]] = {}
        self.branch: Any = None
        self.pieces: dict[Exercise, Any] = {}
        self.unreadable: list[str] = []
        self.part: tuple[int, int] | None = None

    def pytest_report_header(self) -> str:
        """Say what is graded, and how to draw the same names again."""
        return f"authlab: grading {self.submission or 'exercises/'}, --seed {self.seed}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note which checks there are; keep one part of them if another run has the rest."""
        points: dict[Exercise, dict[str, int]] = {}
        for item in filter(is_check, items):
            promise = promise_of(item.function)  # type: ignore[attr-defined]
            points.setdefault(Exercise.of(item.path), {})[name_of(item)] = promise.points
        self.expected = {exercise: set(names) for exercise, names in points.items()}
        if self.part:
            ours = {exercise: share(names, *self.part) for exercise, names in points.items()}
            items[:] = [each for each in items if is_check(each) and name_of(each) in ours[Exercise.of(each.path)]]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note checks that can't be imported."""
        if report.failed:
            self.unreadable.append(report.longreprtext.strip().splitlines()[-1])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Let a check wait whose time has not come: nothing runs for it."""
        reason = self.waits_for(item) if is_check(item) else None
        if reason:
            pytest.skip(reason)

    def waits_for(self, item: pytest.Item) -> str | None:
        """Return why a check can't be judged yet, or None."""
        promise = promise_of(item.function)  # type: ignore[attr-defined]
        exercise = Exercise.of(item.path)
        earlier = self.results.get(exercise, {})
        if earlier and self.pieces[exercise].problem:
            return UNUSABLE

        return waits_for(promise.points, promise.after, earlier, prefix=prefix_of(item), of_all=self.part is None)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Let a check that passes fail after all if the submission left something running."""
        result = yield
        host: Any = item.funcargs.get("host") if isinstance(item, pytest.Function) else None
        left = host.leftovers() if host else None
        if left:
            pytest.fail(left, pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Note what a check came to."""
        report = yield
        if is_check(item) and (call.when == "call" or not report.passed):
            outcome, message = self.verdict(item, call, report)
            host: Any = item.funcargs.get("host")  # type: ignore[attr-defined]
            printed = host.printed() if host and outcome == "failed" else ""
            self.note(item, outcome, message + printed)
        return report

    def verdict(self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> tuple[str, str]:
        """Return the outcome and its message. What the learner's code did is told apart from a check that broke."""
        from labsrv.grading.workpiece import Problem
        from labsrv.kit.browser.browser import BrowserError

        if report.passed or call.excinfo is None:
            return "passed", ""
        if report.skipped:
            return "waiting", str(getattr(call.excinfo.value, "msg", call.excinfo.value))

        error = call.excinfo.value
        host = item.funcargs.get("host")  # type: ignore[attr-defined]
        complaint = host.complaint() if host else None
        if isinstance(error, Problem):
            return "failed", error.message
        if isinstance(error, AssertionError | pytest.fail.Exception):
            said = str(error).split("\nassert ")[0].removeprefix("assert ")
            return "failed", f"{complaint}\nAfter that: {said}" if complaint and complaint not in said else said
        if complaint and call.when != "teardown":
            return "failed", complaint
        if isinstance(error, BrowserError) and error.exchanges:
            # The browser went along with the shop until it had to give up.
            return "failed", f"{str(error).split('; ')[0]}: the shop sends people in a circle, or nowhere."

        return "broken", f"The check itself broke, which is not your doing: {type(error).__name__}: {error}"

    def note(self, item: pytest.Item, outcome: str, message: str) -> None:
        """Keep a check's outcome; the rows of a parametrized check are one promise, and the worst row counts."""
        promise: Promise = promise_of(item.function)  # type: ignore[attr-defined]
        results = self.results.setdefault(Exercise.of(item.path), {})
        row = getattr(item, "callspec", None)
        if row and outcome in ("failed", "broken"):
            # As `row.id`, which puts hyphens between the words of several lists.
            message = f"{', '.join(getattr(row, '_idlist', [row.id]))}: {message}"
        before = results.get(name_of(item))
        if before and (before.outcome != "passed" or outcome == "passed"):
            return

        results[name_of(item)] = CheckResult(
            name=name_of(item),
            promise=" ".join((item.function.__doc__ or "").split()),  # type: ignore[attr-defined]
            outcome=outcome,
            points=promise.points if outcome == "passed" else 0,
            out_of=promise.points,
            message=message,
            hints=list(promise.hints),
            asvs=promise.asvs,
            cwe=promise.cwe,
        )

    def reports(self) -> list[Report]:
        """Return what each exercise came to, in the order in which they ran."""
        return [Report(each.name, each.title, list(results.values())) for each, results in self.results.items()]

    def unusable(self) -> bool:
        """Tell whether a submission can't be used at all."""
        return any(piece.problem for piece in self.pieces.values())

    def piece(self, exercise: Exercise) -> Any:
        """Return this exercise's submission, in its workshop."""
        if exercise not in self.pieces:
            path = exercise.in_submission(self.submission)
            self.pieces[exercise] = self.hosts().open(
                exercise.technique, path, exercise.decisions(), closed=exercise.closed()
            )
        return self.pieces[exercise]

    def hosts(self) -> Any:
        """Return the branch that this run's hosts come from."""
        from labsrv.grading.zygotes import new_branch

        self.branch = self.branch or new_branch()
        return self.branch

    def prepare(self) -> None:
        """Have the first exercise's workshop ready when its first check runs."""
        for exercise in list(self.expected)[:1]:
            self.hosts().prepare(exercise.technique, exercise.decisions())

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep the learner's own progress; a run that was cut short counts for nothing."""
        selected = session.config.getoption("keyword") or session.config.getoption("markexpr")
        if self.submission is None and not (selected or session.shouldstop or self.part):
            from labsrv.grading.progress import record

            whole = [each for each in self.reports() if self.is_whole(each, session)]
            record(whole)

    def pytest_unconfigure(self) -> None:
        """End the workshops; a runner leaves that to the one that asked it."""
        from labsrv.grading import zygotes

        if self.branch and self.branch is not zygotes.given:
            self.branch.close()

    def is_whole(self, report: Report, session: pytest.Session) -> bool:
        """Tell whether all checks of an exercise ran, and not single ones by their ids."""
        lesson, stem = report.exercise.split("/")
        by_id = any("::" in arg for arg in session.config.args)
        return not by_id and self.expected[Exercise(lesson, stem)] == {each.name for each in report.checks}

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was earned, in the words of the promises."""
        from rich.console import Console

        for report in self.reports():
            terminalreporter.section(report.exercise, sep="─")
            Console(file=terminalreporter._tw._file, soft_wrap=True).print(report)


def is_check(item: pytest.Item) -> bool:
    """Tell whether a test is a check of an exercise, the course's or a hidden one."""
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
