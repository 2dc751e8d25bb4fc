"""What a proof came to: counts and faults, exercise by exercise."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from labsrv.grading.course.exercises import Exercise
from labsrv.grading.proving.answers import MUTANT, NEAR_MISS, OTHER, KnownAnswer
from labsrv.grading.proving.judging import Proof
from labsrv.grading.proving.listed import listed
from labsrv.grading.proving.nearest import nearest
from labsrv.grading.proving.verdicts import BROKE, GRAVITY, LACKING, STALE, SURVIVED, Fault, fault_of

OTHERS_WANTED = 2


@dataclass
class ExerciseProof:
    """One exercise: how many answers of each kind are as they should be, of how many; and what is wrong."""

    exercise: Exercise
    right: dict[str, int] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)
    killed: int = 0
    excused: int = 0
    faults: list[Fault] = field(default_factory=list)
    runs: int = 0
    seconds: float = 0.0


def findings(proof: Proof) -> list[ExerciseProof]:
    """Return what each exercise came to."""
    return [finding(proof, exercise) for exercise in proof.exercises]


def finding(proof: Proof, exercise: Exercise) -> ExerciseProof:
    """Return what one exercise came to."""
    found = ExerciseProof(exercise)
    if exercise.name in proof.unreadable:
        found.faults = [Fault(BROKE, exercise.name, "all", proof.unreadable[exercise.name])]
        return found

    excused = listed(exercise, proof.options.hidden)
    every = proof.answers[exercise]
    noticed = noticed_by(proof, every)
    for answer in every:
        runs = proof.runs.get(answer, [])
        if not runs:
            continue
        reason = excused.get(answer.name) if answer.kind == MUTANT else None
        fault = fault_of(answer, runs, reason)
        if fault and fault.kind == SURVIVED and answer.mutant:
            fault = replace(fault, nearest=nearest(answer.mutant, noticed))
        if fault:
            found.faults.append(fault)
        found.runs += len(runs)
        found.seconds += sum(each.seconds for each in runs)
        found.there[answer.kind] = found.there.get(answer.kind, 0) + 1
        found.right[answer.kind] = found.right.get(answer.kind, 0) + (fault is None)
        if answer.kind == MUTANT and not fault:
            found.killed += reason is None
            found.excused += reason is not None
    found.faults += lacking(proof, exercise, excused)
    found.faults.sort(key=lambda each: GRAVITY.index(each.kind))
    return found


def noticed_by(proof: Proof, every: list[KnownAnswer]) -> dict[KnownAnswer, str]:
    """Return the mutants that a check with points noticed, and which."""
    found = {}
    for answer in every:
        runs = proof.runs.get(answer, [])
        check = runs[0].refused_by if runs and answer.kind == MUTANT else None
        if check and check.out_of:
            found[answer] = check.name
    return found


def lacking(proof: Proof, exercise: Exercise, excused: dict[str, str]) -> Iterator[Fault]:
    """Yield what is not there: other right answers, near misses, and mutants that are listed."""
    kinds = [each.kind for each in proof.answers[exercise]]
    others = kinds.count(OTHER)
    if others < OTHERS_WANTED:
        said = f"{others} other right answer{'' if others == 1 else 's'}: there should be {OTHERS_WANTED}"
        yield Fault(LACKING, exercise.name, OTHER, said)
    if NEAR_MISS not in kinds:
        yield Fault(LACKING, exercise.name, NEAR_MISS, "there is none")

    names = {each.name for each in proof.answers[exercise] if each.kind == MUTANT}
    if proof.options.mutants is None:
        for name in excused:
            if name not in names:
                yield Fault(STALE, exercise.name, f"{MUTANT} {name}", "there is no such mutant any more")
