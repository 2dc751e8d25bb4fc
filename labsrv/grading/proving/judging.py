"""Judge many answers at once, by the workers that grade a class.

proof = Proof(options)
for stage in proof.stages():         all answers; then once more the mutants that a race let live or died of
    for event in stage.work(): …    Began and Done, as when a class is graded
proof.runs[answer]                 what each came to, with each seed
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from labsrv.grading.classroom import run as classroom
from labsrv.grading.classroom.cache_key import checks_of
from labsrv.grading.classroom.jobs import Began, Done, Job
from labsrv.grading.classroom.pool import Pool
from labsrv.grading.course.exercises import Exercise, exercises, find
from labsrv.grading.course.report import HIDDEN, Report
from labsrv.grading.proving import answers
from labsrv.grading.proving.answers import MUTANT, NEAR_MISS, KnownAnswer
from labsrv.grading.proving.races import racing_in
from labsrv.grading.proving.verdicts import Run

TIMES_IN_A_RACE = 5


@dataclass(frozen=True)
class ProofOptions:
    """What is to be proved. `mutants`: so many of each exercise, None for all; `times`: how often each is judged."""

    names: tuple[str, ...] = ()
    jobs: int = 1
    hidden: Path | None = None
    seed: str = "0"
    times: int | None = None
    mutants: int | None = None


class Stage:
    """Some jobs, and how far they are; an answer's job is marked by the answer."""

    def __init__(self, proof: "Proof", doing: str, jobs: dict[Job, KnownAnswer]):
        self.proof = proof
        self.doing = doing
        self.answers = jobs
        self.jobs = list(jobs)
        self.done = 0

    @property
    def workers(self) -> int:
        """Return how many answers are judged at a time."""
        return self.proof.options.jobs

    def so_far(self) -> str:
        """Return how many answers are judged."""
        return f"{self.done:,} of {len(self.jobs):,} answers judged"

    def work(self) -> Iterator[Began | Done]:
        """Judge, and yield what happens."""
        wanted = list(dict.fromkeys(job.exercise for job in self.jobs))
        pool = Pool(min(self.workers, len(self.jobs)), wanted, self.proof.options.hidden)
        for event in pool.work(self.jobs):
            if isinstance(event, Done):
                self.done += 1
                self.proof.note(self.answers[event.job], event)
            yield event
        self.proof.unreadable |= pool.unreadable


@dataclass
class Proof:
    """What is to be judged, and what it came to."""

    options: ProofOptions
    runs: dict[KnownAnswer, list[Run]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)

    @cached_property
    def exercises(self) -> list[Exercise]:
        """Return the exercises to be proved: those that are named, those with hidden checks, or all."""
        hidden = self.options.hidden
        if hidden:
            classroom.must_mirror(hidden)
        wanted = list(dict.fromkeys(each for name in self.options.names for each in find(name)))
        if not wanted:
            wanted = [each for each in exercises() if not hidden or len(checks_of(each, hidden)) > 1]
        for each in wanted:
            if not each.solution.is_file():
                raise LookupError(f"{each.solution} is not there: a course without its solutions can't be proved.")
        return wanted

    @cached_property
    def answers(self) -> dict[Exercise, list[KnownAnswer]]:
        """Return the answers to each exercise."""
        return {each: list(self.answers_to(each)) for each in self.exercises}

    @cached_property
    def racing(self) -> dict[Exercise, set[str]]:
        """Return the checks of each exercise that have a race in them."""
        return {each: set(self.racing_checks(each)) for each in self.exercises}

    def answers_to(self, exercise: Exercise) -> Iterator[KnownAnswer]:
        """Yield all answers to an exercise."""
        hidden = self.options.hidden
        yield answers.stub(exercise)
        yield answers.solution(exercise)
        yield from answers.other_answers(exercise, hidden)
        yield from answers.near_misses(exercise, hidden)
        yield from answers.mutants(exercise, self.options.mutants, self.options.seed)

    def racing_checks(self, exercise: Exercise) -> Iterator[str]:
        """Yield the names of the checks with a race in them, as reports have them."""
        for path in checks_of(exercise, self.options.hidden):
            yield from (name if path == exercise.checks else HIDDEN + name for name in racing_in(path))

    def times(self, answer: KnownAnswer) -> int:
        """Return how often an answer is judged: several times where one of the checks that it is for has a race."""
        races = self.racing[answer.exercise]
        asked = races & set(answer.only) if answer.only else races
        return self.options.times or (TIMES_IN_A_RACE if asked else 1)

    def stages(self) -> Iterator[Stage]:
        """Yield what is to be judged, and then what is to be judged again."""
        every = [each for found in self.answers.values() for each in found]
        yield Stage(self, "Proving", self.jobs(every, again=False))
        if again := self.jobs([each for each in every if self.is_open(each)], again=True):
            yield Stage(self, "Again", again)

    def is_open(self, answer: KnownAnswer) -> bool:
        """Tell whether a mutant's verdict may be a matter of luck: it lives, or a race refused it."""
        if answer.kind != MUTANT or not self.runs.get(answer):
            return False
        refused = self.runs[answer][0].refused_by
        races = self.racing[answer.exercise]
        return bool(self.options.times) or bool(races and (refused is None or refused.name in races))

    def jobs(self, wanted: Iterable[KnownAnswer], again: bool) -> dict[Job, KnownAnswer]:
        """Return the jobs for answers: mutants are judged once at first, all others as often as they have to be."""
        found = {}
        for answer in wanted:
            times = 1 if answer.kind == MUTANT and not again else self.times(answer)
            for number in range(int(again), times):
                seed = f"{self.options.seed}-{number}" if number else self.options.seed
                found[job_for(answer, seed)] = answer
        return found

    def note(self, answer: KnownAnswer, event: Done) -> None:
        """Keep what an answer came to."""
        row = event.answer.get("report")
        said = event.answer.get("broken") or event.answer.get("stopped") or ""
        run = Run(event.job.seed, Report.from_json(row) if row else None, said, event.seconds)
        self.runs.setdefault(answer, []).append(run)


def job_for(answer: KnownAnswer, seed: str) -> Job:
    """Return the job of judging an answer once."""
    source = partial(bytes, answer.source, "utf-8")
    only = answer.only if answer.kind == NEAR_MISS else ()
    return Job(str(answer), answer.exercise, source, seed, "", only, to_first_failure=answer.kind == MUTANT)
