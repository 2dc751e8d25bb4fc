"""Judge many answers at once, by the workers that grade a class.

proof = Proof(options)
for stage in proof.stages():         all answers; then once more the mutants that a race let live or died of
    for event in stage.work(): …    Began and Done, as when a class is graded
proof.runs[answer]                 what each came to, with each seed
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from labsrv.grading.classroom.cache_key import checks_of
from labsrv.grading.classroom.jobs import Began, Done, Job
from labsrv.grading.classroom.pool import Pool
from labsrv.grading.classroom.run import must_mirror
from labsrv.grading.course.exercises import Exercise, exercises, find
from labsrv.grading.course.report import HIDDEN, Report
from labsrv.grading.proving import answers
from labsrv.grading.proving.answers import MUTANT, KnownAnswer
from labsrv.grading.proving.listed import listed
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
    """Some jobs, each with the answer that it judges, and how far they are."""

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


class Proof:
    """What is to be judged, and what it came to; raises `LookupError` for what is not there, or not as it should be."""

    def __init__(self, options: ProofOptions):
        self.options = options
        self.exercises = to_prove(options)
        self.runs: dict[KnownAnswer, list[Run]] = {}
        self.unreadable: dict[str, str] = {}
        self.stopped = False

    @cached_property
    def racing(self) -> dict[Exercise, set[str]]:
        """Return the names of each exercise's checks with a race in them."""
        return {each: set(racing_checks(each, self.options.hidden)) for each in self.exercises}

    @cached_property
    def excused(self) -> dict[Exercise, dict[str, str]]:
        """Return the mutants of each exercise that are listed, with the reason."""
        return {each: listed(each, self.options.hidden) for each in self.exercises}

    @cached_property
    def answers(self) -> dict[Exercise, list[KnownAnswer]]:
        """Return all answers to each exercise; to make the mutants takes a while."""
        return {each: list(self.answers_to(each)) for each in self.exercises}

    def answers_to(self, exercise: Exercise) -> Iterator[KnownAnswer]:
        """Yield all answers to an exercise."""
        hidden = self.options.hidden
        yield answers.stub(exercise)
        yield answers.solution(exercise)
        yield from answers.other_answers(exercise, hidden)
        yield from answers.near_misses(exercise, hidden)
        yield from answers.mutants(exercise, self.options.mutants, self.options.seed)

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

    def is_judged(self, exercise: Exercise) -> bool:
        """Tell whether every answer to an exercise was judged as often as it has to be."""
        for each in self.answers[exercise]:
            enough = 1 if each.kind == MUTANT and not self.is_open(each) else self.times(each)
            if len(self.runs.get(each, [])) < enough:
                return False
        return True

    def note(self, answer: KnownAnswer, event: Done) -> None:
        """Keep what an answer came to."""
        row = event.answer.get("report")
        said = event.answer.get("broken") or event.answer.get("stopped") or ""
        run = Run(event.job.seed, Report.from_json(row) if row else None, said, event.seconds)
        runs = self.runs.setdefault(answer, [])
        runs.append(run)
        runs.sort(key=lambda each: (len(each.seed), each.seed))


def to_prove(options: ProofOptions) -> list[Exercise]:
    """Return the exercises to be proved: those that are named, those with hidden checks, or all."""
    if options.hidden:
        must_mirror(options.hidden)
    found = list(dict.fromkeys(each for name in options.names for each in find(name)))
    found = found or [each for each in exercises() if not options.hidden or len(checks_of(each, options.hidden)) > 1]
    for each in found:
        if not each.solution.is_file():
            raise LookupError(f"{each.solution} is not there: a course without its solutions can't be proved.")
    return found


def racing_checks(exercise: Exercise, hidden: Path | None) -> Iterator[str]:
    """Yield the names of the checks with a race in them, as reports have them."""
    for path in checks_of(exercise, hidden):
        yield from (name if path == exercise.checks else HIDDEN + name for name in racing_in(path))


def job_for(answer: KnownAnswer, seed: str) -> Job:
    """Return the job of judging an answer once."""
    source = partial(bytes, answer.source, "utf-8")
    return Job(str(answer), answer.exercise, source, seed, "", answer.only, to_first_failure=answer.kind == MUTANT)
