"""The functions under test, as a check calls them."""

from collections.abc import Callable
from typing import Any

from labsrv.grading.submission.answers import Answer, Raised
from labsrv.grading.submission.empty_table import EMPTY_TABLE
from labsrv.grading.submission.process import SubmissionProcess


class DecisionUnderTest:
    """The functions under test, called in the submission's process: `decision.safe_next("//evil.example")`.

    They are given plain values, and functions: those stay with the check, and are lent for this one call.
    """

    EMPTY_TABLE = EMPTY_TABLE  # stands for a table with nothing in it, among the arguments

    def __init__(self, process: SubmissionProcess):
        self._process = process

    def often(self, name: str, times: int, *args: Any) -> Answer | Raised:
        """Call one function several times; `Answer.value` is the list of what it returned."""
        return self._process.decide_often(name, times, *args)

    def by_tape(self, name: str, seed: bytes, flips: list[int], *args: Any) -> Answer | Raised:
        """Call one function for each flip, while the system's generator gives what belongs to the seed, with that bit
        flipped (none: -1). `Answer.value` is the list of what it returned, and how many bytes it took at the most.
        """
        return self._process.decide_by_tape(name, seed, flips, *args)

    def in_copies(self, name: str, times: int, *args: Any, copies: int = 2) -> Answer | Raised:
        """Call one function several times in each of several processes that were forked after the import.

        `Answer.value` is a list of lists, empty where nothing can fork.
        """
        return self._process.decide_in_copies(name, times, copies, *args)

    def __getattr__(self, name: str) -> Callable[..., Answer | Raised]:
        return lambda *args: self._process.decide(name, *args)
