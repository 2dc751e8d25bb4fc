"""Orders: what trusted processes are asked to do, as the plain data that goes over a channel."""

from typing import TypedDict

from labsrv.grading.submission.order import Signatures


class ExerciseOrder(TypedDict):
    """For an exercise server: whose parts to have ready, and the sandbox of what it forks.

    `seconds` of the processor for each submission, None without end; `without` names layers to leave out, for tests.
    """

    technique: str
    signatures: Signatures
    seconds: int | None
    without: str


class RunnerOrder(TypedDict):
    """For a runner: an exercise or a lesson by name, a folder and an environment to be in; `part` is (number, of)."""

    name: str
    folder: str
    env: dict[str, str]
    part: tuple[int, int] | None
