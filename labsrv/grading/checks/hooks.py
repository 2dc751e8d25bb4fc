"""What pytest calls while it runs checks."""

from collections.abc import Generator
from typing import Any

import pytest

from labsrv.grading.checks.scoring import Grading, is_check
from labsrv.grading.checks.verdict import verdict


class Hooks:
    """The hooks of one run."""

    def __init__(self, grading: Grading):
        self.grading = grading

    def pytest_report_header(self) -> str:
        """Return a line on what is graded, and on how to draw the same names again."""
        return f"authlab: grading {self.grading.submission or 'exercises/'}, --seed {self.grading.seed}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note which checks there are."""
        self.grading.note_checks(items)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note checks that can't be imported."""
        if report.failed:
            self.grading.unreadable.append(report.longreprtext.strip().splitlines()[-1])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Let a check wait whose time has not come: nothing runs for it."""
        reason = self.grading.waits_for(item) if is_check(item) else None
        if reason:
            pytest.skip(reason)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Let a check that passes fail after all if the submission left something running."""
        result = yield
        process: Any = item.funcargs.get("process") if isinstance(item, pytest.Function) else None
        left = process.leftovers() if process else None
        if left:
            pytest.fail(left, pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Note what a check came to."""
        report = yield
        if is_check(item) and (call.when == "call" or not report.passed):
            outcome, message = verdict(item, call, report)
            process: Any = item.funcargs.get("process")  # type: ignore[attr-defined]
            printed = process.last_output() if process and outcome == "failed" else ""
            self.grading.note(item, outcome, message + printed)
        return report

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep the learner's own progress; a run that was cut short counts for nothing."""
        selected = session.config.getoption("keyword") or session.config.getoption("markexpr")
        grading = self.grading
        if grading.submission is None and not (selected or session.shouldstop or grading.part):
            from labsrv.grading.course.progress import record

            record([each for each in grading.reports() if grading.is_whole(each, session.config.args)])

    def pytest_unconfigure(self) -> None:
        """End what the submissions were forked from."""
        self.grading.close()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print what was earned, in the words of the promises."""
        from rich.console import Console

        for report in self.grading.reports():
            terminalreporter.section(report.exercise, sep="─")
            Console(file=terminalreporter._tw._file, soft_wrap=True).print(report)
