"""The order for a submission's process: the file, and the surroundings in which it is imported."""

from collections.abc import Sequence
from typing import TypedDict

Signatures = dict[str, list[str]]  # the parameters of each decision, by its name


class SubmissionOrder(TypedDict):
    """`source` is base64, `closed` are modules that this exercise may not import.

    `moved` says by how many seconds the lab's clock is ahead; `at` is a moment to stand still at, in seconds since the
    epoch, or None. A source that is `known` has been read by another process of the same submission.
    """

    path: str
    technique: str
    signatures: Signatures
    source: str
    closed: Sequence[str]
    moved: float
    at: float | None
    known: bool
