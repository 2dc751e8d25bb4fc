"""What an answer came to, held against what it has to come to."""

import pytest

from labsrv.grading.course.exercises import find
from labsrv.grading.course.report import CheckResult, Report
from labsrv.grading.proving import verdicts
from labsrv.grading.proving.answers import MUTANT, NEAR_MISS, OTHER, SOLUTION, STUB, KnownAnswer
from labsrv.grading.proving.mutants import Mutant
from labsrv.grading.proving.verdicts import Run, fault_of

(TICKETS,) = find("00_template")
A_MUTANT = Mutant("f: 1 → 2", "f", 1, "x = 2\n", "x = 1\n")

P, F, W, B = "passed", "failed", "waiting", "broken"
# Outcomes of an honest check and of two with points, and whether an answer of a kind may come to them.
FAULTS = {
    "a stub that earns nothing": (STUB, [P, F, W], None),
    "a stub that earns something": (STUB, [P, P, F], verdicts.STUBBED),
    "a stub that does not run": (STUB, [F, W, W], verdicts.STUBBED),
    "a solution": (SOLUTION, [P, P, P], None),
    "a solution that lacks a point": (SOLUTION, [P, P, F], verdicts.REFUSED),
    "another right answer": (OTHER, [P, P, P], None),
    "another right answer that is refused": (OTHER, [P, F, P], verdicts.REFUSED),
    "a near miss": (NEAR_MISS, [P, P, F], None),
    "a near miss that earns everything": (NEAR_MISS, [P, P, P], verdicts.MISSED),
    "a near miss that another check catches": (NEAR_MISS, [P, F, P], verdicts.MISSED),
    "a near miss that is not looked at": (NEAR_MISS, [P, F, W], verdicts.MISSED),
    "a near miss that fails everything": (NEAR_MISS, [F, F, F], verdicts.MISSED),
    "a mutant that loses a point": (MUTANT, [P, F], None),
    "a mutant that can't be used": (MUTANT, [F], None),
    "a mutant that lives": (MUTANT, [P, P, P], verdicts.SURVIVED),
    "a solution that breaks a check": (SOLUTION, [P, B, P], verdicts.BROKE),
    "a mutant that breaks a check": (MUTANT, [P, B], verdicts.BROKE),
    "a near miss that breaks another check": (NEAR_MISS, [P, B, F], verdicts.BROKE),
}


def run(outcomes, seed="0"):
    """Return a run in which an honest check and some with points came to these outcomes."""
    checks = [
        CheckResult(f"test_{number}", "A promise.", outcome, int(outcome == P and number > 0), int(number > 0), "Why.")
        for number, outcome in enumerate(outcomes)
    ]
    return Run(seed, Report(TICKETS.name, "Tickets", checks))


def answer(kind):
    caught_by, mutant = ("test_2", None) if kind == NEAR_MISS else (None, A_MUTANT if kind == MUTANT else None)
    return KnownAnswer(TICKETS, kind, "some", "", caught_by=caught_by, mutant=mutant)


@pytest.mark.parametrize(("kind", "outcomes", "fault"), FAULTS.values(), ids=FAULTS)
def test_an_answer_is_as_it_should_be_or_a_fault(kind, outcomes, fault):
    found = fault_of(answer(kind), [run(outcomes)])

    assert (found and found.kind) == fault
    assert not found or (found.exercise == TICKETS.name and found.said)


def test_a_verdict_that_changes_is_the_worst_fault():
    runs = [run([P, P, P]), run([P, P, P], "0-1"), run([P, F, P], "0-2")]
    found = fault_of(answer(SOLUTION), runs)

    assert found.kind == verdicts.CHANGES == verdicts.GRAVITY[0]
    assert found.said == "test_1: passed with seed 0, failed with seed 0-2 (passed 2 of 3 times): Why."


def test_a_mutant_changes_when_another_check_notices_it():
    assert fault_of(answer(MUTANT), [run([P, F]), run([P, P, F], "0-1")]).kind == verdicts.CHANGES
    assert not fault_of(answer(MUTANT), [run([P, F]), run([P, F], "0-1")])


def test_a_survivor_is_told_with_its_diff():
    found = fault_of(answer(MUTANT), [run([P, P, P])])

    assert found.line == 1 and "-x = 1\n+x = 2" in found.diff


def test_a_listed_mutant_lives_and_one_that_does_not_is_stale():
    assert not fault_of(answer(MUTANT), [run([P, P, P])], "It is the same.")
    stale = fault_of(answer(MUTANT), [run([P, F])], "It is the same.")

    assert stale.kind == verdicts.STALE and "test_1 failed: Why." in stale.said


def test_a_near_miss_names_its_check():
    nameless = KnownAnswer(TICKETS, NEAR_MISS, "some", "")
    mistaken = KnownAnswer(TICKETS, NEAR_MISS, "some", "", caught_by="test_9")

    assert "should begin with" in fault_of(nameless, [run([P, P, F])]).said
    assert "no check test_9" in fault_of(mistaken, [run([P, P, F])]).said


def test_only_a_mutant_may_keep_the_checks_busy():
    busy = Run("0", None, "still running after 120 seconds in all")

    assert not fault_of(answer(MUTANT), [busy])
    assert fault_of(answer(SOLUTION), [busy]).kind == verdicts.BROKE
    assert (
        fault_of(answer(MUTANT), [Run("0", None, "The process that ran the checks ended, 2 times.")]).kind
        == verdicts.BROKE
    )
