"""What is to be done, what happens to it, and the gradebook's row for what it came to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NotRequired, TypedDict

from labsrv.grading.classroom.cache_key import compact
from labsrv.grading.classroom.gradebook import BROKEN, GRADED, REFUSED, Result
from labsrv.grading.classroom.handin.archives import RefusedSubmission
from labsrv.grading.classroom.handin.intake import Submission
from labsrv.grading.course.exercises import Exercise
from labsrv.grading.course.report import ReportRow


@dataclass(frozen=True)
class Job:
    """One student's exercise to be graded, by all checks or `only` some, `to_first_failure` or to the end."""

    student: str
    exercise: Exercise
    source: Any  # () -> bytes, raising `RefusedSubmission`
    seed: str
    fingerprint: str
    only: tuple[str, ...] = ()
    to_first_failure: bool = False


class JobAnswer(TypedDict):
    """What a worker answers: a report and the sandbox's layers, or why there is none."""

    report: NotRequired[ReportRow]
    layers: NotRequired[list[str]]
    broken: NotRequired[str]
    refused: NotRequired[str]
    stopped: NotRequired[str]


class JobOrder(TypedDict):
    """What a worker is asked for: `source` is base64, `only` names some of the checks, none for all."""

    exercise: str
    seed: str
    source: str
    only: list[str]
    to_first_failure: bool


@dataclass(frozen=True)
class Began:
    job: Job


@dataclass(frozen=True)
class Done:
    """`answer` has "report" and "layers", or "broken", "refused" or "stopped" with the reason."""

    job: Job
    answer: JobAnswer
    seconds: float


def source_of(submission: Submission, exercise: Exercise) -> bytes:
    """Return the file that was taken in; raises `RefusedSubmission` if it is another one now."""
    source = submission.source(exercise)
    if source is not None and sha256(source).hexdigest() == submission.digests[exercise.name]:
        return source

    raise RefusedSubmission(
        f"{exercise.name}.py was changed while the class was being graded: run the same command again."
    )


def result_of(event: Done) -> Result:
    """Return the gradebook's row for what a job came to."""
    job, answer = event.job, event.answer
    row: dict[str, Any] = {
        "student": job.student,
        "exercise": job.exercise.name,
        "seed": job.seed,
        "fingerprint": job.fingerprint,
        "graded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(event.seconds, 3),
    }
    # Time that ran out is the submission's doing, and earns nothing. What was refused or broke is no grade at all.
    if "stopped" in answer:
        return Result(**row, status=GRADED, points=0, reason=answer["stopped"])
    if "refused" in answer:
        return Result(**row, status=REFUSED, reason=answer["refused"])
    if "broken" in answer:
        return Result(**row, status=BROKEN, reason=answer["broken"])

    # One check that broke says nothing of the student: the whole result waits until somebody has looked at it.
    report = answer["report"]
    broken = [each["message"] for each in report["checks"] if each["outcome"] == "broken"]
    return Result(
        **row,
        status=BROKEN if broken else GRADED,
        points=report["points"],
        out_of=report["out_of"],
        reason=broken[0] if broken else "",
        report=compact(report),
        layers=" ".join(answer["layers"]),
    )
