"""The answers there are to an exercise, and what each has to come to.

    stub                 no point, and honest use passes     exercises/NN_lesson/exercise.py, as it came
    solution             all points                          solutions/…
    other right answer   all points                          tests/other_answers/NN_lesson/exercise/<style>.py
    near miss            caught by the check it names        tests/near_misses/NN_lesson/exercise/<mistake>.py
    mutant               loses a point, unless it is listed  made from the solution; mutants.toml beside the near misses

A folder of an instructor's own checks may have `other_answers/` and `near_misses/` of its own.
"""

import ast
import random
import re
from dataclasses import dataclass
from pathlib import Path

from labsrv.grading.course.exercises import Exercise, functions
from labsrv.grading.course.report import HIDDEN
from labsrv.grading.course.stubs import pristine
from labsrv.grading.proving.mutants import Mutant, mutants_of, parsed

STUB, SOLUTION, OTHER, NEAR_MISS, MUTANT = "stub", "solution", "other right answer", "near miss", "mutant"


@dataclass(frozen=True)
class KnownAnswer:
    """One answer: `only` names the checks that are asked, none for all; `caught_by` the one for a near miss."""

    exercise: Exercise
    kind: str
    name: str
    source: str
    only: tuple[str, ...] = ()
    caught_by: str | None = None
    mutant: Mutant | None = None

    def __str__(self) -> str:
        return self.kind if self.kind in (STUB, SOLUTION) else f"{self.kind} {self.name}"


def stub(exercise: Exercise) -> KnownAnswer:
    """Return the stub as it came."""
    return KnownAnswer(exercise, STUB, exercise.stem, pristine(exercise) or read(exercise.stub))


def solution(exercise: Exercise) -> KnownAnswer:
    """Return the course's solution."""
    return KnownAnswer(exercise, SOLUTION, exercise.stem, read(exercise.solution))


def other_answers(exercise: Exercise, hidden: Path | None = None) -> list[KnownAnswer]:
    """Return the other right answers, the course's and those beside hidden checks."""
    more = sorted((hidden / "other_answers" / exercise.name).glob("*.py")) if hidden else []
    return [other_answer(exercise, path) for path in [*exercise.other_answers, *more]]


def other_answer(exercise: Exercise, path: Path) -> KnownAnswer:
    """Return one other right answer."""
    return KnownAnswer(exercise, OTHER, path.stem, read(path))


def near_misses(exercise: Exercise, hidden: Path | None = None) -> list[KnownAnswer]:
    """Return the near misses, the course's and those beside hidden checks."""
    more = sorted((hidden / "near_misses" / exercise.name).glob("*.py")) if hidden else []
    return [near_miss(exercise, path) for path in exercise.near_misses] + [
        near_miss(exercise, path, hidden) for path in more
    ]


def near_miss(exercise: Exercise, path: Path, hidden: Path | None = None) -> KnownAnswer:
    """Return one near miss, with the check that its docstring names; a hidden one comes before one of the course's."""
    source = read(path)
    program = parsed(source)
    said = re.match(r"Caught by: (test_\w+)\. \S", (program and ast.get_docstring(program)) or "")
    if not said:
        return KnownAnswer(exercise, NEAR_MISS, path.stem, source)

    name = said[1]
    own = hidden and hidden / exercise.lesson / exercise.checks.name
    if own and own.is_file() and name in functions(own):
        return KnownAnswer(exercise, NEAR_MISS, path.stem, source, caught_by=HIDDEN + name)

    only = tuple(exercise.needed_for([name])) if name in exercise.after() else ()
    return KnownAnswer(exercise, NEAR_MISS, path.stem, source, only, name)


def mutants(exercise: Exercise, many: int | None = None, seed: str = "0") -> list[KnownAnswer]:
    """Return the mutants of the solution, all or so many that are drawn by a seed."""
    made = mutants_of(read(exercise.solution))
    if many is not None:
        kept = random.Random(f"{seed} {exercise.name}").sample(range(len(made)), min(many, len(made)))
        made = [made[number] for number in sorted(kept)]
    return [KnownAnswer(exercise, MUTANT, each.name, each.source, mutant=each) for each in made]


def read(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8")
