"""What somebody untrusted may ask of a store in memory, whose work is done in the process that has it.

There a pattern is matched, a value is looked for among others, a new document is compared with those that are there:
one short question could keep that process busy for hours, and whatever else it has to do.
"""

from typing import Any

import bson

from labsrv.kit.store.collection import WRITES

WORKED_OUT = ("$regex", "$expr", "$where", "$jsonSchema", "$function")
THERE_BEFORE = 1000  # values that a lab itself puts into its store
# Values compared with values. A check's honest shop stays far below; the store takes seconds for as many.
MOST_WORK = 5_000_000


class Allowance:
    """Judges one asker's operations by what they may cost: the values in it times those written before."""

    def __init__(self, most: float = MOST_WORK):
        self.most = most
        self.stored = THERE_BEFORE

    def judge(self, operation: str, asked: Any) -> None:
        """Raise `ValueError` for what costs too much, or can't be told."""
        values = weight(asked)
        if values * self.stored > self.most:
            raise ValueError("This asks too much of the store: too many values, or too many written before.")
        if operation in WRITES:
            self.stored += values


def weight(asked: Any) -> int:
    """Return how many values there are in what a pipe has brought; raises `ValueError` if it is to be worked out."""
    # No recursion: how deep it is nested is the asker's choice. Few lines: this is asked of each operation.
    many, left = 0, [asked]
    while left:
        many += 1
        value = left.pop()
        kind = type(value)
        if kind is dict:
            left += value.values()
            worked_out = any(key[:1] == "$" and key.startswith(WORKED_OUT) for key in value)
        elif kind is list:
            left += value
            continue
        else:
            worked_out = kind is bson.Regex
        if worked_out:
            raise ValueError("Regular expressions and $expr are not available here: compare whole values.")
    return many
