"""The outcome of one check and its message: what the submission did is kept apart from a check that broke."""

from typing import Any

import pytest

from labsrv.grading.checks.scoring import is_hidden
from labsrv.grading.submission.loading import Problem
from labsrv.kit.browser.requests import BrowserError

UNFIT = "The shop's answer is not what this check can read ({}: {})."
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)
BROKE = "The check itself broke, which is not your doing: {}: {}"


def verdict(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> tuple[str, str]:
    """Return the outcome (passed, failed, waiting or broken) and the message that the learner reads."""
    if report.passed or call.excinfo is None:
        return "passed", ""
    if report.skipped:
        return "waiting", str(getattr(call.excinfo.value, "msg", call.excinfo.value))

    error = call.excinfo.value
    process: Any = item.funcargs.get("process")  # type: ignore[attr-defined]
    complaint = process.complaint() if process else None
    # The learner's file can't be used, or a promise was not kept: what the process complained of explains it.
    if isinstance(error, Problem):
        return "failed", error.message
    if isinstance(error, AssertionError | pytest.fail.Exception):
        said = str(error).split("\nassert ")[0].removeprefix("assert ")
        return "failed", f"{complaint}\nAfter that: {said}" if complaint and complaint not in said else said
    # The check stumbled over something that the learner's code did.
    if complaint and call.when != "teardown":
        return "failed", complaint
    if isinstance(error, BrowserError) and error.exchanges:
        # The browser went along with the shop until it had to give up.
        return "failed", f"{str(error).split('; ')[0]}: the shop sends people in a circle, or nowhere."

    # The course's checks are proved on right answers and wrong ones: what one can't read was sent by the submission.
    if isinstance(error, UNREADABLE) and process and call.when == "call" and not is_hidden(item):
        return "failed", UNFIT.format(type(error).__name__, error)

    return "broken", BROKE.format(type(error).__name__, error)
