"""Grade a class: what is new or has changed is graded, what is known is kept, and the gradebook has it all.

run = GradingRun(submissions, out, options)   what there is to do
for event in run.work(): …                    does it, one result at a time
"""

import hmac
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Self

from labsrv.grading import sandbox
from labsrv.grading.classroom import cache_key
from labsrv.grading.classroom.gradebook import BROKEN, GRADED, NOT_SUBMITTED, REFUSED, Gradebook, Result
from labsrv.grading.classroom.handin.intake import Submission, readable, same, take_in
from labsrv.grading.classroom.jobs import Began, Done, Job, result_of, source_of
from labsrv.grading.classroom.pool import Pool
from labsrv.grading.course.exercises import Exercise, exercises, find
from labsrv.kit.errors import SaidPlainly


class SandboxMissing(SaidPlainly):
    """A sandbox was asked for that this machine does not have in full."""


@dataclass(frozen=True)
class Options:
    """What the instructor asked for. `regrade`: names of students, or None for nobody; empty for everybody."""

    only: str | None = None
    jobs: int = 1
    hidden: Path | None = None
    seed: str | None = None
    regrade: Sequence[str] | None = None
    require_sandbox: bool = False
    latest: bool = False


@dataclass
class Tally:
    """What a run came to so far, in results and students."""

    students: int = 0
    done: set[str] = field(default_factory=set)
    graded: int = 0
    kept: int = 0


class GradingRun:
    """One run of `authlab grade`."""

    doing = "Grading"

    def __init__(self, submissions: Path, out: Path, options: Options):
        self.options = options
        self.out = out
        # The next run would grade the grades.
        if submissions.resolve() in (out.resolve(), *out.resolve().parents):
            raise LookupError(f"{out} lies among the submissions, and would be taken for one: choose another --out.")

        self.wanted = find(options.only) if options.only else exercises()
        if options.hidden:
            must_mirror(options.hidden)
        # The first worker reads the checks while the submissions are looked through: each takes seconds. What fails on
        # the way here ends the worker, and gives the gradebook back.
        with ExitStack() as ends:
            self.pool = Pool(options.jobs, self.wanted, options.hidden)
            ends.callback(self.pool.close)
            self.pool.start_early()
            self.layers = sandbox.available()
            self.missing = {name: why for name, why in self.layers.items() if why}
            if options.require_sandbox and self.missing:
                raise SandboxMissing(
                    f"The sandbox is not complete here: {in_one_line(self.missing)}. Nothing was graded."
                )

            self.intake = take_in(submissions, options.latest)
            self.again = self.to_regrade()
            self.book = Gradebook(out)
            ends.callback(self.book.close)
            self.begin()
            self.ends = ends.pop_all()

    def begin(self) -> None:
        """Note who handed in what, and what there is to do."""
        self.seed = self.choose_seed()
        self.checks = {each: cache_key.of_checks(each, self.options.hidden) for each in self.wanted}
        self.book.enrol(
            (each.student, readable(each.path.name), each.problem, each.note) for each in self.intake.submissions
        )
        self.list_exercises()

        # What is known stands if nothing that it depends on has changed; only what is new is written.
        known = self.book.results()
        self.jobs: list[Job] = []
        settled = [each for submission in self.intake.submissions for each in self.settle(submission, known)]
        self.book.keep(each for each in settled if each != known.get((each.student, each.exercise)))
        self.left = {each.student: 0 for each in self.intake.submissions}
        for job in self.jobs:
            self.left[job.student] += 1
        self.tally = Tally(len(self.left), {student for student, left in self.left.items() if not left})
        self.tally.kept = sum(1 for each in settled if each.status == GRADED)

    def to_regrade(self) -> set[str]:
        """Return the students to be graded again; raises `LookupError` for one who handed in nothing."""
        names = {same(each.student): each.student for each in self.intake.submissions}
        if self.options.regrade is None:
            return set()
        for each in self.options.regrade:
            if same(each) not in names:
                raise LookupError(
                    f"There is no submission of {each!r}. There are {', '.join(list(names.values())[:20])}."
                )

        return {names[same(each)] for each in self.options.regrade} or set(names.values())

    def choose_seed(self) -> str:
        """Return the seed: the one given, or the gradebook's, or a new one."""
        seed = self.options.seed or self.book.setting("seed") or secrets.token_hex(16)
        if seed != self.book.setting("seed"):
            self.book.set("seed", seed)
        return seed

    def list_exercises(self) -> None:
        """Keep the exercises in the course's order."""
        known = {name: out_of for name, _, out_of in self.book.exercises()}
        place = {each.name: number for number, each in enumerate(exercises())}
        worth = self.pool.worth
        self.book.list_exercises(
            (each.name, each.title, worth.get(each.name, known.get(each.name)), place[each.name])
            for each in self.wanted
        )

    def settle(self, submission: Submission, known: dict[tuple[str, str], Result]) -> Iterator[Result]:
        """Yield the results of one student that are known already; make jobs of the rest."""
        for exercise in self.wanted:
            digest = submission.digests.get(exercise.name)
            if submission.problem:
                yield Result(submission.student, exercise.name, REFUSED, reason=submission.problem)
            elif digest is None:
                yield Result(submission.student, exercise.name, NOT_SUBMITTED)
            else:
                job = self.job(submission, exercise, digest)
                before = known.get((submission.student, exercise.name))
                if before and self.holds(before, job):
                    yield before
                else:
                    self.jobs.append(job)

    def job(self, submission: Submission, exercise: Exercise, digest: str) -> Job:
        """Return what it takes to grade one exercise.

        The same seed and submission draw the same names; another submission draws others, so what a student reads in a
        report is of no use in the next attempt.
        """
        drawn = hmac.digest(self.seed.encode(), f"{exercise.name} {digest}".encode(), "sha256").hex()[:16]
        fingerprint = cache_key.digest(cache_key.program(), self.checks[exercise], self.seed, digest)
        return Job(submission.student, exercise, partial(source_of, submission, exercise), drawn, fingerprint)

    def holds(self, before: Result, job: Job) -> bool:
        """Return whether an earlier result still stands."""
        same_as_before = before.status == GRADED and before.fingerprint == job.fingerprint
        return same_as_before and not self.unsafe(before) and job.student not in self.again

    def unsafe(self, result: Result) -> list[str]:
        """Return the layers that were asked for and that a result was made without."""
        return sorted(set(self.layers) - set(result.layers.split())) if self.options.require_sandbox else []

    def work(self) -> Iterator[Began | Done]:
        """Grade what is to be graded; each result is in the gradebook before its event is yielded."""
        if not self.jobs:
            return
        for event in self.pool.work(self.jobs):
            if isinstance(event, Done):
                self.keep(event)
            yield event

    @property
    def workers(self) -> int:
        """Return how many exercises are graded at a time."""
        return self.options.jobs

    def so_far(self) -> str:
        """Return how many students are done."""
        return f"{len(self.tally.done)} of {self.tally.students} students graded"

    def keep(self, event: Done) -> None:
        """Put a result into the gradebook."""
        result = result_of(event)
        if result.status == GRADED and result.report and self.unsafe(result):
            result = replace(result, status=BROKEN, points=None, reason=f"ran without {', '.join(self.unsafe(result))}")
        self.book.keep([result])
        self.tally.graded += result.status == GRADED
        student = event.job.student
        self.left[student] -= 1
        if not self.left[student]:
            self.tally.done.add(student)

    def unreadable(self) -> dict[str, str]:
        """Return the exercises whose checks can't be run, with why not."""
        return self.pool.unreadable

    def close(self) -> None:
        """Let go of the gradebook, and end the workers."""
        self.ends.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def must_mirror(hidden: Path) -> None:
    """Raise `LookupError` where a folder of more checks has none, or some that belong to no exercise."""
    known = {Path(each.lesson, each.checks.name) for each in exercises()}
    there = {path.relative_to(hidden) for path in hidden.glob("*/test_*.py")}
    if there and there <= known:
        return

    wrong = f"{min(there - known)} belongs to no exercise" if there else "it has no checks"
    raise LookupError(f"{hidden} should mirror exercises/, as in {min(known)}; {wrong}.")


def in_one_line(missing: dict[str, str]) -> str:
    """Return the layers that are off in one line."""
    return "; ".join(f"{name} ({why})" for name, why in missing.items())
