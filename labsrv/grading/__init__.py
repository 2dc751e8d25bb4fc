"""Grading: checks in the trusted parent, the code under test in a process of its own.

from labsrv.grading import check, promise
"""

from typing import TYPE_CHECKING, Any

from labsrv.grading.course.promises import promise

if TYPE_CHECKING:
    from labsrv.grading.checks.check import check
    from labsrv.grading.checks.live_lab import run_mine
    from labsrv.grading.submission.answers import Answer, Raised

__all__ = ["Answer", "Raised", "check", "promise", "run_mine"]

ELSEWHERE = {
    "check": "labsrv.grading.checks.check",
    "run_mine": "labsrv.grading.checks.live_lab",
    "Answer": "labsrv.grading.submission.answers",
    "Raised": "labsrv.grading.submission.answers",
}


def __getattr__(name: str) -> Any:
    """Import the rest when it is asked for: the checks of an exercise need `promise` alone."""
    if name in ELSEWHERE:
        import importlib

        return getattr(importlib.import_module(ELSEWHERE[name]), name)

    raise AttributeError(f"labsrv.grading has no {name!r}.")
