"""Orders: what trusted processes are asked to do, as the plain data that goes over a channel."""

from typing import NotRequired, TypedDict

from labsrv.grading.course.report import ReportRow
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


class RunnerAnswer(TypedDict):
    """What a runner answers: the reports, or the traceback of what was `raised`; `said` is what it printed.

    `unusable` says of a part of an exercise's checks that the submission can't be used at all.
    """

    reports: NotRequired[list[ReportRow]]
    unusable: NotRequired[bool]
    raised: NotRequired[str]
    said: NotRequired[str]
