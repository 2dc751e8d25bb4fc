"""Every exercise: the stub runs and earns nothing, what is right earns all, what is wrong is caught or listed.

The same judges as `authlab prove`. A usual run judges a sample of what there is much of; AUTHLAB_PROVE=all judges all,
several times where a race is.
"""

import ast
import contextlib
import os
import re
from dataclasses import replace
from functools import cache

import pytest

from labsrv.grading.classroom.jobs import Done
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import constant, exercises, functions, parsed, promise_arguments
from labsrv.grading.course.stubs import pristine
from labsrv.grading.proving import answers
from labsrv.grading.proving.findings import OTHERS_WANTED
from labsrv.grading.proving.judging import Proof, ProofOptions
from labsrv.grading.proving.listed import listed
from labsrv.grading.proving.verdicts import fault_of
from labsrv.labs import beside, decisions_of
from tests.conftest import is_quick

EVERYTHING = os.environ.get("AUTHLAB_PROVE") == "all"
MUTANTS = None if EVERYTHING else 1
PROOF = Proof(ProofOptions(times=None if EVERYTHING else 1))

ALL = {each.name: each for each in exercises()}


# What of an exercise is judged even by --quick: the near miss whose promise comes after the fewest others, always the
# same; the solution, by honest use and that promise; and the stub, by honest use and one promise that is as soon.


def soonest_first(exercise):
    """Return the paths of the near misses, those first that take the fewest checks to catch."""
    caught = {path: answers.near_miss(exercise, path).caught_by for path in exercise.near_misses}
    return sorted(caught, key=lambda path: len(exercise.needed_for([caught[path]])))


def first_promise(exercise):
    """Return the promise with points that comes after the fewest others."""
    worth = [name for name, check in functions(exercise.checks).items() if "points" in promise_arguments(check)]
    return min(worth, key=lambda name: len(exercise.needed_for([name])))


BY_EXERCISE = {each.name: soonest_first(each) for each in ALL.values()}
FIRST_MISSES = {paths[0] for paths in BY_EXERCISE.values()}
NEAR_MISSES = {f"{name}/{path.stem}": (ALL[name], path) for name, paths in BY_EXERCISE.items() for path in paths}
OTHERS = {f"{each.name}/{path.stem}": (each, path) for each in ALL.values() for path in each.other_answers}

# Of many answers, those that are judged in any run: the first of each exercise; of those that are the first of another
# kind every fourth, and of the rest every thirty-second.
KINDS, REST = 4, 32


def sample(answers_by_name, kind_of):
    """Return the names of these; `kind_of` an exercise and a path returns what the first is taken of."""
    met, kinds, rest, kept = set(), 0, 0, []
    for name, (exercise, path) in answers_by_name.items():
        kind = kind_of(exercise, path)
        first = exercise not in met
        kinds += kind not in met
        rest += kind in met
        if EVERYTHING or first or (rest % REST == 0 if kind in met else kinds % KINDS == 0):
            kept.append(name)
        met |= {kind, exercise}
    return kept


NEAR_MISSES_JUDGED = sample(NEAR_MISSES, lambda exercise, path: (exercise, answers.near_miss(exercise, path).caught_by))
OTHERS_JUDGED = sample(OTHERS, lambda exercise, path: exercise)

SLOW = pytest.mark.slow("some hundred answers, each judged by all checks")


@pytest.fixture(scope="session")
def runs_of():
    """Return `runs_of(answer)`: what an answer came to, each time, by a worker of the class grader."""
    with contextlib.closing(Worker([*ALL], None)) as worker:

        @cache
        def runs_of(answer):
            for again in (False, True):
                for job in PROOF.jobs([answer], again) if not again or PROOF.is_open(answer) else ():
                    worker.send(job, job.source())
                    PROOF.note(answer, Done(job, worker.receive(JOB_SECONDS), 0.0))
            return PROOF.runs[answer]

        yield runs_of


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_the_stub_runs_and_earns_nothing(exercise, runs_of, pytestconfig):
    stub = answers.stub(exercise)
    if is_quick(pytestconfig):
        stub = replace(stub, only=tuple(exercise.needed_for([first_promise(exercise)])))

    assert not fault_of(stub, runs_of(stub))


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_the_solution_earns_everything(exercise, runs_of, pytestconfig):
    solution = answers.solution(exercise)
    if is_quick(pytestconfig):
        broken = answers.near_miss(exercise, BY_EXERCISE[exercise.name][0]).caught_by
        solution = replace(solution, only=tuple(exercise.needed_for([broken])))

    assert not fault_of(solution, runs_of(solution))


@SLOW
@pytest.mark.parametrize(("exercise", "path"), [OTHERS[name] for name in OTHERS_JUDGED], ids=OTHERS_JUDGED)
def test_another_right_answer_earns_everything(exercise, path, runs_of):
    answer = answers.other_answer(exercise, path)

    assert not fault_of(answer, runs_of(answer))


@pytest.mark.parametrize(
    ("exercise", "path"),
    [
        pytest.param(*NEAR_MISSES[name], id=name, marks=() if NEAR_MISSES[name][1] in FIRST_MISSES else SLOW)
        for name in NEAR_MISSES_JUDGED
    ],
)
def test_a_near_miss_is_caught_by_the_check_that_it_names(exercise, path, runs_of):
    answer = answers.near_miss(exercise, path)

    assert not fault_of(answer, runs_of(answer))


@SLOW
@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_mutants_are_noticed_or_listed(exercise, runs_of):
    """Some of them, drawn by the exercise's name; all are, where all are asked for."""
    reasons = listed(exercise)
    found = {each: fault_of(each, runs_of(each), reasons.get(each.name)) for each in answers.mutants(exercise, MUTANTS)}
    faults = [fault for fault in found.values() if fault]

    assert not faults, "\n".join(f"{each.answer}: {each.said}\n{each.diff}" for each in faults)


@pytest.mark.parametrize("lesson", sorted({each.lesson for each in ALL.values()}))
def test_each_exercise_has_two_other_right_answers(lesson):
    """In structure, or in what the exercise leaves to choose."""
    there = {each.name: len(each.other_answers) for each in ALL.values() if each.lesson == lesson}
    few = [name for name, many in there.items() if many < OTHERS_WANTED]

    assert not few, f"fewer than {OTHERS_WANTED} other right answers: {', '.join(few)}"


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_an_exercise_has_its_four_things(exercise):
    assert exercise.solution.exists()
    assert len(exercise.near_misses) >= 3
    decides = constant(exercise.checks, "DECIDES", ())
    assert decides and set(decides) <= {*decisions_of(exercise.technique), *beside(exercise.technique)}
    for path in (exercise.solution, exercise.stub):
        functions = {node.name for node in parsed(path).body if isinstance(node, ast.FunctionDef)}
        assert set(decides) <= functions, path


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_a_stub_tells_its_story_and_names_its_requirement(exercise):
    text = pristine(exercise) or exercise.stub.read_text(encoding="utf-8")

    assert re.search(r"ASVS 5\.0, \d+\.\d+\.\d+|RFC \d+", ast.get_docstring(ast.parse(text)))
    assert "TODO" in text
    assert "TODO" not in exercise.solution.read_text(encoding="utf-8")


@pytest.mark.slow("the solution is judged by all checks")
@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_checks_are_promises_with_honest_use_first(exercise, runs_of):
    report = runs_of(answers.solution(exercise))[0].report
    worth = [check.out_of for check in report.checks]

    assert worth[0] == 0 and worth == sorted(worth, key=bool), "honest use comes first"
    assert 3 <= len(worth) <= 12
    for check in report.checks:
        assert check.promise.endswith("."), check.name
        if check.out_of:
            assert len(check.hints) >= 2, f"{check.name} has too few hints"
            assert check.asvs or check.cwe, f"{check.name} names no requirement"


@SLOW
def test_each_points_check_is_needed(record_figure):
    """A check earns its place by a near miss that it catches."""
    named = {(exercise.name, answers.near_miss(exercise, path).caught_by) for exercise, path in NEAR_MISSES.values()}
    idle = [
        f"{exercise.name}: {name}"
        for exercise in ALL.values()
        for name, check in functions(exercise.checks).items()
        if "points" in promise_arguments(check) and (exercise.name, name) not in named
    ]

    made = sum(len(answers.mutants(exercise)) for exercise in ALL.values())
    record_figure("exercises, near misses, other right answers", f"{len(ALL)}, {len(NEAR_MISSES)}, {len(OTHERS)}")
    record_figure("near misses, judged in this run", f"{len(NEAR_MISSES)}, {len(NEAR_MISSES_JUDGED)}")
    record_figure("other right answers, judged in this run", f"{len(OTHERS)}, {len(OTHERS_JUDGED)}")
    record_figure("mutants, judged of each exercise", f"{made}, {MUTANTS or 'all'}")
    assert not idle, f"no near miss is caught by: {', '.join(idle)}"
