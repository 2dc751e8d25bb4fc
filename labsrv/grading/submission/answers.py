"""What a decision answers when a check calls it with plain values."""

from dataclasses import dataclass
from typing import Any, TypedDict


@dataclass(frozen=True)
class Answer:
    """What a decision returned."""

    value: Any

    def __str__(self) -> str:
        return repr(self.value)


@dataclass(frozen=True)
class Raised:
    """What a decision raised, and where in the learner's file."""

    type: str
    message: str

    def __str__(self) -> str:
        return self.message


class RaisedRow(TypedDict):
    """What a submission raised: the exception's type and words, and where in the learner's file (line 0: not known)."""

    type: str
    said: str
    function: str
    where: str
    line: int
