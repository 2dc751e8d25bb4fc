"""Functions among a decision's arguments: they stay with the check, and the submission calls them over the pipe.

    check                                             the submission's process
    decision.examine(ask, …)   ──{"a function": 0}──▶ examine(ask, …)
    Lending.call ◀── "function": number 0, ["alice", "GET", "/"] ── ask("alice", "GET", "/")
         └─ ask("alice", "GET", "/") ──── a plain value ──────────▶

A function is lent for one call of a decision. Who calls it later, more often than anybody has to, or with more than
anybody has to say, gets an error. What it takes on this side is no time of the submission's.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import bson

from labsrv.grading.submission.validation import is_plain
from labsrv.kit.pipe.remote import Caller

STANDS_FOR = "a function"
MOST_CALLS = 5000  # in a check
LARGEST_CALL = 16 << 10  # bytes of one call's arguments


class Lending:
    """The functions that a check has lent to a submission's process.

    `most` bounds the calls of all of them; `served` is how many seconds these took.
    """

    def __init__(self, most: float = MOST_CALLS):
        self.left = most
        self.most = most
        self.served = 0.0
        self.lent: list[Callable[..., Any]] = []
        # One call at a time, whatever threads a submission has; and none any more when the decision has been made.
        self.lock = threading.Lock()

    @contextmanager
    def of(self, args: list[Any]) -> Iterator[list[Any]]:
        """Lend the functions among some arguments; give the arguments with what stands for them."""
        self.lent = [each for each in args if callable(each)]
        numbers = iter(range(len(self.lent)))
        try:
            yield [{STANDS_FOR: next(numbers)} if callable(each) else each for each in args]
        finally:
            with self.lock:
                self.lent = []

    def call(self, number: int, args: list[Any], named: dict[str, Any]) -> Any:
        """Return what a function that is lent returns; raises `ValueError` for a call that is refused."""
        with self.lock:
            if number not in range(len(self.lent)):
                raise ValueError("This function can't be called any more: its call of your function is over.")
            if self.left <= 0:
                raise ValueError(f"It was called {self.most:,} times in one check: ask for less.")

            self.left -= 1
            refuse_odd([args, named])
            began = time.monotonic()
            try:
                return self.lent[number](*args, **named)
            finally:
                self.served += time.monotonic() - began


def refuse_odd(asked: Any) -> None:
    """Raise `ValueError` for arguments that are large, or not plain values."""
    if len(bson.encode({"asked": asked})) > LARGEST_CALL:
        raise ValueError(f"The arguments are larger than {LARGEST_CALL >> 10} KiB.")
    if not is_plain(asked):
        raise ValueError("Only plain values can be given: texts, numbers, True and False, None, lists, dictionaries.")


def borrowed(args: list[Any], peer: Caller) -> list[Any]:
    """Return a decision's arguments, with functions in the places of what stands for them."""
    return [borrow(each[STANDS_FOR], peer) if is_lent(each) else each for each in args]


def is_lent(value: Any) -> bool:
    """Return whether a value stands for a function."""
    return isinstance(value, dict) and list(value) == [STANDS_FOR]


def borrow(number: int, peer: Caller) -> Callable[..., Any]:
    """Return a function that is called at the other end of the pipe."""

    def function(*args: Any, **named: Any) -> Any:
        return peer.call("function", number=number, args=list(args), named=named)

    return function
