"""The functions under test, as a check calls them."""

from collections.abc import Callable
from typing import Any

from labsrv.grading.submission.answers import Answer, Raised
from labsrv.grading.submission.process import SubmissionProcess


class Decision:
    """The functions under test, called in the submission's process: `decision.safe_next("//evil.example")`."""

    def __init__(self, process: SubmissionProcess):
        self._process = process

    def often(self, name: str, times: int, *args: Any) -> Answer | Raised:
        """Call one function several times; `Answer.value` is the list of what it returned."""
        return self._process.decide_often(name, times, *args)

    def __getattr__(self, name: str) -> Callable[..., Answer | Raised]:
        return lambda *args: self._process.decide(name, *args)
